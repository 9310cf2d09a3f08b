import { ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLangfuseSpanProcessor } from './langfuse-span-processor.js'
import type { LangfuseSpanProcessorOptions } from './options/exporter-options.js'
import { type OtlpSink, startOtlpSink } from './otlp-sink.fixture.js'

let sink: OtlpSink
beforeEach(async () => {
  sink = await startOtlpSink()
})
afterEach(() => sink.close())

const circle: Record<string, unknown> = { text: 'round' }
circle.self = circle
const broken = {
  get text() {
    throw new Error('a prompt')
  },
}
const revoked = Proxy.revocable({}, {})
revoked.revoke()

const INPUT = 'langfuse.observation.input'
const PROBLEMS: Record<string, object> = {
  'a circle': { [INPUT]: circle },
  'an object with a getter that throws': { [INPUT]: broken },
  'a revoked proxy': { [INPUT]: revoked.proxy },
  'a symbol and a bigint': { [INPUT]: [Symbol('s'), 1n] },
  'a getter that throws': {
    [INPUT]: 'a prompt',
    get other() {
      throw new Error('a prompt')
    },
  },
}

const thrower = (): never => {
  throw new Error('a prompt')
}
const DEAF = {
  attributes: {},
  get asyncAttributesPending() {
    return thrower()
  },
}
/** What stands for a span's resource or scope. */
const SURROUNDINGS: Record<string, PropertyDescriptorMap> = {
  'no resource': { resource: { value: undefined } },
  'a text for a resource': { resource: { value: 'service' } },
  'a resource that throws': { resource: { get: thrower } },
  'a resource whose detectors throw': { resource: { value: DEAF } },
  'no scope': { instrumentationScope: { value: undefined } },
}

describe.each<[string, LangfuseSpanProcessorOptions]>([
  ['by default', {}],
  ['with a mask', { mask: ['email'] }],
  ['with a rule of its own', { mask: [(text) => text] }],
  ['without content', { captureContent: false }],
  ['with media', { mediaUpload: true }],
  ['with a tail rule', { sampleRate: 0, alwaysKeep: { slowerThanMillis: 1 } }],
])('createLangfuseSpanProcessor() %s', (_case, options) => {
  it.each(Object.keys(PROBLEMS))(
    'createLangfuseSpanProcessor() counts a span that carries %s, and sends the others',
    async (name) => {
      const processor = createLangfuseSpanProcessor({ publicKey: 'pk', secretKey: 'sk', baseUrl: sink.url, ...options })
      const tracer = new BasicTracerProvider({ spanProcessors: [processor] }).getTracer('axion')
      const root = tracer.startSpan('root', { startTime: [1, 0] })
      // A child: nothing is stamped on it, so its attributes go as they are.
      const end = (spanName: string, attributes: object): void => {
        const span = tracer.startSpan(spanName, {}, trace.setSpan(ROOT_CONTEXT, root))
        // Past every check of the SDK.
        if ('attributes' in span) Object.defineProperties(span.attributes, Object.getOwnPropertyDescriptors(attributes))
        span.end()
      }
      end('before', {})
      end('hostile', PROBLEMS[name] ?? {})
      end('after', {})
      root.end()
      await processor.shutdown()
      const { exported, dropped, droppedBy, pending } = processor.stats()
      expect({ sum: exported + dropped, pending }).toEqual({ sum: 4, pending: 0 })
      expect(droppedBy).toEqual(dropped > 0 ? { unencodable: dropped } : {})
      const arrived = sink.spans().map((span) => span.name)
      expect(arrived).toEqual(expect.arrayContaining(['before', 'after', 'root']))
      expect(arrived).toHaveLength(exported)
    },
  )

  it.each(Object.keys(SURROUNDINGS))(
    'createLangfuseSpanProcessor() counts a span that has %s, and sends the others',
    async (name) => {
      const processor = createLangfuseSpanProcessor({
        publicKey: 'pk',
        secretKey: 'sk',
        baseUrl: sink.url,
        flushIntervalMillis: 1,
        ...options,
      })
      const tracer = new BasicTracerProvider({ spanProcessors: [processor] }).getTracer('axion')
      const root = tracer.startSpan('root', { startTime: [1, 0] })
      for (const spanName of ['before', 'hostile', 'after']) {
        const span = tracer.startSpan(spanName, {}, trace.setSpan(ROOT_CONTEXT, root))
        if (spanName === 'hostile') Object.defineProperties(span, SURROUNDINGS[name] ?? {})
        span.end()
      }
      root.end()
      // By the timer, where nobody catches what is thrown.
      await expect.poll(() => sink.spans().length).toBeGreaterThanOrEqual(3)
      await processor.shutdown()
      const { exported, dropped, droppedBy, filtered, pending } = processor.stats()
      expect({ sum: exported + dropped + filtered, pending }).toEqual({ sum: 4, pending: 0 })
      expect(droppedBy).toEqual(dropped > 0 ? { unencodable: dropped } : {})
      expect(sink.spans().map((span) => span.name)).toEqual(expect.arrayContaining(['before', 'after', 'root']))
    },
  )
})
