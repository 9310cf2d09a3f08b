import { isContentCaptured } from '@axion/core'
import { createContextKey, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { AlwaysOnSampler, BasicTracerProvider, type Sampler, SamplingDecision } from '@opentelemetry/sdk-trace-base'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLangfuseSpanProcessor } from './langfuse-span-processor.js'
import type { LangfuseSpanProcessorOptions } from './options/exporter-options.js'
import { type OtlpSink, startOtlpSink } from './otlp-sink.fixture.js'

let sink: OtlpSink
beforeEach(async () => {
  sink = await startOtlpSink()
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await sink.close()
})

// A provider as an application has it already: ours is only a processor in it.
function pipeline(options: LangfuseSpanProcessorOptions = {}, sampler: Sampler = new AlwaysOnSampler()) {
  const processor = createLangfuseSpanProcessor({
    publicKey: 'pk-lf-1',
    secretKey: 'sk-lf-1',
    baseUrl: sink.url,
    ...options,
  })
  const provider = new BasicTracerProvider({ spanProcessors: [processor], sampler })
  return { processor, provider, tracer: provider.getTracer('axion') }
}

const received = () => sink.spans().map(({ name }) => name)
const attributesOf = (name: string) => sink.spans().find((span) => span.name === name)?.attributes

describe('createLangfuseSpanProcessor()', () => {
  it('createLangfuseSpanProcessor() posts OTLP with Langfuse’s headers, compressed', async () => {
    const { processor, tracer } = pipeline({ headers: { 'X-Proxy': 'p' } })
    const input = '"hi"'.repeat(500)
    tracer.startSpan('step', { attributes: { 'langfuse.observation.input': input, n: 5 } }).end()
    await processor.forceFlush()
    expect(sink.requests).toHaveLength(1)
    expect(sink.requests[0]).toMatchObject({
      method: 'POST',
      path: '/api/public/otel/v1/traces',
      headers: {
        authorization: 'Basic cGstbGYtMTpzay1sZi0x',
        'content-type': 'application/x-protobuf',
        'content-encoding': 'gzip',
        'x-langfuse-ingestion-version': '4',
        'x-proxy': 'p',
      },
    })
    expect(attributesOf('step')).toEqual({
      'langfuse.observation.input': input,
      n: 5,
      'langfuse.internal.is_app_root': true,
    })
    expect(processor.stats()).toMatchObject({ exported: 1, failed: 0, dropped: 0, spooled: 0, pending: 0 })
  })

  it.each<[string, LangfuseSpanProcessorOptions]>([
    ['sends', {}],
    ['has nothing to send with', { publicKey: '', onReport: () => {} }],
  ])(
    'createLangfuseSpanProcessor() keeps the gate for content closed until its shutdown when it %s',
    async (_case, options) => {
      const { processor } = pipeline({ ...options, captureContent: false })
      expect(isContentCaptured()).toBe(false)
      await processor.shutdown()
      expect(isContentCaptured()).toBe(true)
    },
  )

  it('createLangfuseSpanProcessor() refuses an option that would have no effect', () => {
    // Past the compiler, as from JavaScript.
    const options: object = { masks: ['email'] }
    expect(() => createLangfuseSpanProcessor(options)).toThrow(/^Cannot configure tracing: "masks" is not an option, /)
  })

  it('createLangfuseSpanProcessor() masks every string that leaves, and leaves the span as it is', async () => {
    const { processor, tracer } = pipeline({ mask: ['email', /secret-\d+/g], tags: ['of a@b.example'] })
    const span = tracer.startSpan('step for a@b.example', { attributes: { 'user.id': 'a@b.example', n: 'secret-1' } })
    span.addEvent('mailed a@b.example', { to: ['a@b.example'] })
    span.end()
    await processor.forceFlush()
    expect(JSON.stringify(sink.spans())).not.toMatch(/a@b\.example|secret-\d/)
    expect(sink.spans()[0]).toMatchObject({
      name: 'step for <email>',
      attributes: { 'user.id': '<email>', n: '<masked>', 'langfuse.trace.tags': ['of <email>'] },
      events: [{ name: 'mailed <email>', attributes: { to: ['<email>'] } }],
    })
    expect(span).toMatchObject({ attributes: { 'user.id': 'a@b.example', n: 'secret-1' } })
  })

  it('createLangfuseSpanProcessor() masks a field as a whole in which a rule fails, and says so once', async () => {
    const reports: string[] = []
    const { processor, tracer } = pipeline({
      mask: [
        () => {
          throw new Error('a prompt')
        },
      ],
      onReport: ({ code, message }) => reports.push(`${code}: ${message}`),
    })
    for (let n = 0; n < 2; n++) tracer.startSpan('step', { attributes: { 'user.id': 'someone' } }).end()
    await processor.forceFlush()
    expect(JSON.stringify(sink.spans())).not.toContain('someone')
    expect(reports).toEqual([
      'mask_failed: mask[0] threw: such fields are masked as a whole. Make it handle every text.',
    ])
  })

  it('createLangfuseSpanProcessor() drops the content of any instrumentation when it is not to be captured', async () => {
    const { processor, provider } = pipeline({ captureContent: false })
    const tracer = provider.getTracer('@traceloop/instrumentation-openai')
    tracer.startSpan('chat', { attributes: { 'gen_ai.input.messages': 'a prompt', 'gen_ai.request.model': 'm' } }).end()
    // Also what is sent by the shutdown, when the gate is open again.
    await processor.shutdown()
    expect(sink.spans()[0]?.attributes).toMatchObject({ 'gen_ai.request.model': 'm' })
    expect(JSON.stringify(sink.spans())).not.toContain('a prompt')
  })

  it('createLangfuseSpanProcessor() asks a serverless platform to wait when the first span of a trace ends', async () => {
    const held: Promise<unknown>[] = []
    // Where Vercel puts it, https://vercel.com/docs/functions/functions-api-reference/vercel-functions-package#waituntil.
    const slot = Symbol.for('@vercel/request-context')
    Object.assign(globalThis, {
      [slot]: { get: () => ({ waitUntil: (promise: Promise<unknown>) => held.push(promise) }) },
    })
    const { tracer } = pipeline()
    const root = tracer.startSpan('root')
    tracer.startSpan('child', {}, trace.setSpan(ROOT_CONTEXT, root)).end()
    expect(held).toHaveLength(0)
    root.end()
    expect(held).toHaveLength(1)
    await Promise.all(held)
    Reflect.deleteProperty(globalThis, slot)
    expect(received()).toEqual(['child', 'root'])
  })

  it('createLangfuseSpanProcessor() sends plain bodies when told so', async () => {
    const { processor, tracer } = pipeline({ compression: 'none' })
    tracer.startSpan('step', { attributes: { long: 'x'.repeat(2000) } }).end()
    await processor.forceFlush()
    expect(sink.requests[0]?.headers['content-encoding']).toBeUndefined()
    expect(received()).toEqual(['step'])
  })

  it('createLangfuseSpanProcessor() keeps another vendor’s OTLP headers to itself', async () => {
    vi.stubEnv('OTEL_EXPORTER_OTLP_HEADERS', 'x-vendor-key=their-secret,authorization=Bearer%20their-token')
    vi.stubEnv('OTEL_EXPORTER_OTLP_COMPRESSION', 'none')
    const { processor, tracer } = pipeline()
    tracer.startSpan('step', { attributes: { long: 'x'.repeat(2000) } }).end()
    await processor.forceFlush()
    expect(JSON.stringify(sink.requests[0]?.headers)).not.toContain('their')
    expect(sink.requests[0]?.headers).toMatchObject({
      authorization: 'Basic cGstbGYtMTpzay1sZi0x',
      'content-encoding': 'gzip',
    })
  })

  it('createLangfuseSpanProcessor() does not compress what is small', async () => {
    const { processor, tracer } = pipeline()
    tracer.startSpan('step').end()
    await processor.forceFlush()
    expect(sink.requests[0]?.headers['content-encoding']).toBeUndefined()
    expect(received()).toEqual(['step'])
  })

  it('createLangfuseSpanProcessor() sends one request a span in immediate mode, without a flush', async () => {
    const { processor, tracer } = pipeline({ exportMode: 'immediate' })
    for (const name of ['a', 'b', 'c']) tracer.startSpan(name).end()
    await vi.waitFor(() => expect(processor.stats().exported).toBe(3))
    expect(sink.requests.map(({ spans }) => spans.length)).toEqual([1, 1, 1])
  })

  it('createLangfuseSpanProcessor() sends a full batch without a flush', async () => {
    const { processor, tracer } = pipeline({ maxBatchSpans: 2 })
    for (const name of ['a', 'b']) tracer.startSpan(name).end()
    await vi.waitFor(() => expect(processor.stats().exported).toBe(2))
    expect(sink.requests.map(({ spans }) => spans.length)).toEqual([2])
  })

  it('createLangfuseSpanProcessor() sends every batch of a flush, however many and small', async () => {
    const { processor, tracer } = pipeline({ maxBatchSpans: 1, concurrency: 3 })
    for (let n = 0; n < 100; n++) tracer.startSpan('step').end()
    await processor.forceFlush()
    expect(sink.requests).toHaveLength(100)
    expect(processor.stats()).toMatchObject({ exported: 100, failed: 0, dropped: 0, spooled: 0, pending: 0 })
  })

  describe('environment, release and tags', () => {
    it('createLangfuseSpanProcessor() stamps the process’s on spans that have none', async () => {
      const { processor, tracer } = pipeline({ environment: 'prod', release: 'r1', tags: ['x', 'y'] })
      tracer.startSpan('step').end()
      await processor.forceFlush()
      expect(attributesOf('step')).toMatchObject({
        'langfuse.environment': 'prod',
        'langfuse.release': 'r1',
        'langfuse.trace.tags': ['x', 'y'],
      })
    })

    it('createLangfuseSpanProcessor() lets a span keep its own and adds the tags it lacks', async () => {
      const { processor, tracer } = pipeline({ environment: 'prod', release: 'r1', tags: ['x', 'y'] })
      const own = { 'langfuse.environment': 'own', 'langfuse.release': 'own', 'langfuse.trace.tags': ['z', 'x'] }
      tracer.startSpan('step', { attributes: own }).end()
      await processor.forceFlush()
      expect(attributesOf('step')).toMatchObject({
        'langfuse.environment': 'own',
        'langfuse.release': 'own',
        'langfuse.trace.tags': ['z', 'x', 'y'],
      })
    })

    it('createLangfuseSpanProcessor() adds its tags to those set while the span ran', async () => {
      const { processor, tracer } = pipeline({ environment: 'prod', tags: ['x'] })
      const span = tracer.startSpan('step')
      span.setAttribute('langfuse.trace.tags', ['late']).setAttribute('langfuse.environment', 'late')
      span.end()
      await processor.forceFlush()
      expect(attributesOf('step')).toMatchObject({
        'langfuse.environment': 'late',
        'langfuse.trace.tags': ['late', 'x'],
      })
    })

    it('createLangfuseSpanProcessor() prefers the span’s own to the context’s, and the context’s to the process’s', async () => {
      const { processor, tracer } = pipeline({ environment: 'process', tags: ['p'] })
      const context = ROOT_CONTEXT.setValue(createContextKey('langfuse_environment'), 'context')
        .setValue(createContextKey('langfuse_session_id'), 'session-of-context')
        .setValue(createContextKey('langfuse_tags'), ['c'])
      tracer.startSpan('plain', {}, context).end()
      tracer.startSpan('own', { attributes: { 'langfuse.environment': 'own', 'session.id': 'own' } }, context).end()
      await processor.forceFlush()
      expect(attributesOf('plain')).toMatchObject({
        'langfuse.environment': 'context',
        'session.id': 'session-of-context',
        'langfuse.trace.tags': ['c', 'p'],
      })
      expect(attributesOf('own')).toMatchObject({ 'langfuse.environment': 'own', 'session.id': 'own' })
    })

    it('createLangfuseSpanProcessor() lets an argument win over the variables Langfuse’s processor reads itself', async () => {
      vi.stubEnv('LANGFUSE_TRACING_ENVIRONMENT', 'variable')
      vi.stubEnv('LANGFUSE_RELEASE', 'variable')
      vi.stubEnv('LANGFUSE_FLUSH_AT', '1')
      const { processor, tracer } = pipeline({ environment: 'argument', maxBatchSpans: 10 })
      for (const name of ['a', 'b']) tracer.startSpan(name).end()
      await processor.forceFlush()
      expect(sink.requests).toHaveLength(1)
      expect(attributesOf('a')).toMatchObject({ 'langfuse.environment': 'argument', 'langfuse.release': 'variable' })
    })
  })

  describe('selection', () => {
    it('createLangfuseSpanProcessor() leaves spans of other instrumentations out, also where the context stamps them', async () => {
      const { processor, provider, tracer } = pipeline({ environment: 'prod', tags: ['x'] })
      const context = ROOT_CONTEXT.setValue(createContextKey('langfuse_trace_name'), 'named')
      const http = provider.getTracer('@opentelemetry/instrumentation-http').startSpan('GET /', {}, context)
      const child = tracer.startSpan('step', {}, trace.setSpan(context, http))
      child.end()
      http.end()
      await processor.forceFlush()
      expect(received()).toEqual(['step'])
      // Its parent is not sent, so Langfuse has to be told where the trace begins.
      expect(attributesOf('step')).toMatchObject({
        'langfuse.internal.is_app_root': true,
        'langfuse.trace.name': 'named',
      })
      expect(processor.stats()).toMatchObject({ exported: 1, failed: 0, dropped: 0, spooled: 0, pending: 0 })
    })

    it('createLangfuseSpanProcessor() asks the application’s predicate', async () => {
      const { processor, provider } = pipeline({ shouldExport: (span, byDefault) => byDefault || span.name === 'db' })
      const tracer = provider.getTracer('my-app')
      for (const name of ['db', 'cache']) tracer.startSpan(name).end()
      await processor.forceFlush()
      expect(received()).toEqual(['db'])
    })

    it('createLangfuseSpanProcessor() keeps the share of traces that sampleRate says, whole', async () => {
      const { processor, tracer } = pipeline({ sampleRate: 0.5 })
      const inTrace = (traceId: string) =>
        trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId: '00000000000000aa', traceFlags: 1 })
      for (const [name, traceId] of [
        ['low', '00000000000000000000000000000001'],
        ['high', '000000000000000000000000fffffffe'],
      ] as const) {
        tracer.startSpan(`${name} 1`, {}, inTrace(traceId)).end()
        tracer.startSpan(`${name} 2`, {}, inTrace(traceId)).end()
      }
      await processor.forceFlush()
      expect(received()).toEqual(['low 1', 'low 2'])
    })

    it('createLangfuseSpanProcessor() neither sends nor awaits spans that are recorded but not sampled', async () => {
      const recordOnly: Sampler = {
        shouldSample: () => ({ decision: SamplingDecision.RECORD }),
        toString: () => 'record only',
      }
      const { processor, tracer } = pipeline({}, recordOnly)
      tracer.startSpan('step').end()
      await processor.forceFlush()
      expect(processor.stats()).toMatchObject({ exported: 0, failed: 0, dropped: 0, spooled: 0, pending: 0 })
    })
  })

  it.each([
    ['there are no credentials', {}, 1],
    ['TRACING_MODE is noop', { TRACING_MODE: 'noop' }, 0],
    ['the SDK is disabled', { OTEL_SDK_DISABLED: 'true' }, 0],
  ])('createLangfuseSpanProcessor() leaves spans alone when %s', async (_case, environment, lines) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
    const reports: string[] = []
    const processor = createLangfuseSpanProcessor({ environment: 'prod', onReport: ({ code }) => reports.push(code) })
    const span = new BasicTracerProvider({ spanProcessors: [processor] }).getTracer('axion').startSpan('step')
    span.end()
    await processor.shutdown()
    expect(span).toMatchObject({ attributes: {} })
    expect(processor.stats()).toMatchObject({ exported: 0, failed: 0, dropped: 0, spooled: 0, pending: 0 })
    expect(reports).toEqual(Array.from({ length: lines }, () => 'missing_credentials'))
  })

  it('createLangfuseSpanProcessor() prints nothing of its own or of Langfuse’s logger while all is well', async () => {
    const printed = [
      vi.spyOn(console, 'warn'),
      vi.spyOn(console, 'error'),
      vi.spyOn(console, 'info'),
      vi.spyOn(process.stderr, 'write'),
    ]
    const { processor, tracer } = pipeline()
    tracer.startSpan('step', { attributes: { 'langfuse.observation.metadata.num_chunks': 5 } }).end()
    await processor.shutdown()
    const calls = printed.map((spy) => spy.mock.calls.length)
    vi.restoreAllMocks()
    expect(calls).toEqual([0, 0, 0, 0])
    expect(attributesOf('step')).toMatchObject({ 'langfuse.observation.metadata.num_chunks': 5 })
  })
})
