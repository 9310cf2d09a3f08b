import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { isContentCaptured, setContentCapture } from './content-capture.js'
import { recordSpans, spanNamed } from './record-spans.fixture.js'
import { type Compiled, compileCore } from './run-compiled.fixture.js'
import { traced } from './traced.js'
import { Tracer } from './tracer.js'

const tracer = new Tracer()

describe('setContentCapture()', () => {
  afterEach(() => setContentCapture(undefined))

  it('setContentCapture(false) keeps inputs and outputs off spans, however they are set, and calls no lambda', async () => {
    setContentCapture(false)
    expect(isContentCaptured()).toBe(false)
    const ask = traced(async (_question: string) => 'secret', { name: 'ask', captureArgs: true, captureResult: true })
    const stream = traced(
      function* () {
        yield 'secret'
      },
      { name: 'stream', captureResult: true },
    )
    const spans = await recordSpans(async () => {
      tracer.span('work', { input: 'secret' }, (span) => {
        span.setInput('secret').setOutput(() => expect.unreachable())
        for (const key of ['langfuse.observation.input', 'langfuse.trace.output', 'gen_ai.prompt'])
          span.setAttribute(key, 'secret')
        span.setAttributes({ 'gen_ai.prompt.0.content': 'secret', 'gen_ai.tool.call.result': 'secret' })
        span.addEvent('gen_ai.user.message', { content: 'secret' })
        span.addEvent('chunk', { 'gen_ai.completion': 'secret', index: 1 })
      })
      await ask('secret')
      expect([...stream()]).toEqual(['secret'])
    })
    const seen = spans.map(({ attributes, events }) => [attributes, events])
    expect(JSON.stringify(seen)).not.toContain('secret')
    expect(spans.map(({ name }) => name)).toEqual(['work', 'ask', 'stream'])
    expect(spanNamed(spans, 'work').events.map(({ name, attributes }) => [name, attributes])).toEqual([
      ['gen_ai.user.message', {}],
      ['chunk', { index: 1 }],
    ])
  })

  it('setContentCapture(false) leaves names, metadata, usage and errors', async () => {
    setContentCapture(false)
    const spans = await recordSpans(() =>
      tracer.span('work', (span) => span.setAttribute('k', 1).setUsage({ input: 2 }).setLevel('WARNING', 'slow')),
    )
    expect(spanNamed(spans, 'work').attributes).toEqual({
      'langfuse.observation.type': 'span',
      'langfuse.trace.name': 'work',
      'langfuse.observation.metadata.k': 1,
      'langfuse.observation.usage_details': '{"input":2}',
      'langfuse.observation.level': 'WARNING',
      'langfuse.observation.status_message': 'slow',
    })
  })
})

describe('OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT', () => {
  let compiled: Compiled
  beforeAll(async () => {
    compiled = await compileCore()
  })
  afterAll(() => compiled.close())

  it('isContentCaptured() is false for the values that say so, and setContentCapture() comes first', async () => {
    // The variable is read anew when the decision is given back to it, so one process reads them all.
    const { stdout, stderr } = await compiled.runJavaScript(
      `
      import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
      import { trace } from '@opentelemetry/api'
      import { isContentCaptured, setContentCapture, Tracer } from './core/index.js'
      trace.setGlobalTracerProvider(new BasicTracerProvider())
      const NAME = 'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT'
      const shown = () => new Tracer().span('x', (span) => span.setInput('i').otelSpan.attributes['langfuse.observation.input'] ?? '-')
      const given = [isContentCaptured(), shown()]
      const of = (value) => {
        if (value === undefined) delete process.env[NAME]
        else process.env[NAME] = value
        setContentCapture(undefined)
        return [value, isContentCaptured(), shown()].join(' ')
      }
      const values = [undefined, '', 'true', 'SPAN_ONLY', 'SPAN_AND_EVENT', 'garbage', 'false', ' False ', '0', 'NO_CONTENT', 'event_only']
      const seen = values.map(of)
      setContentCapture(true)
      console.log(JSON.stringify([given, ...seen, shown()]))`,
      { OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'false' },
    )
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual([
      [false, '-'],
      ' true i',
      ' true i',
      'true true i',
      'SPAN_ONLY true i',
      'SPAN_AND_EVENT true i',
      'garbage true i',
      'false false -',
      ' False  false -',
      '0 false -',
      'NO_CONTENT false -',
      'event_only false -',
      'i',
    ])
  })

  it('isContentCaptured() survives a runtime without process, and one that forbids reading the environment', async () => {
    const { stdout } = await compiled.runJavaScript(`
      const { log } = console
      const { isContentCaptured, setContentCapture } = await import('./core/index.js')
      Object.defineProperty(globalThis, 'process', { value: { get env() { throw new Error('denied') } }, configurable: true })
      const denied = isContentCaptured()
      setContentCapture(undefined)
      Object.defineProperty(globalThis, 'process', { value: undefined, configurable: true })
      log(denied, isContentCaptured())`)
    expect(stdout.trim()).toBe('true true')
  })
})
