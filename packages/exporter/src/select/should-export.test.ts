import { isDefaultExportSpan, KNOWN_LLM_INSTRUMENTATION_SCOPE_PREFIXES } from '@langfuse/otel'
import { ROOT_CONTEXT } from '@opentelemetry/api'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base'
import { describe, expect, it } from 'vitest'
import { createReporter, type TracingReport } from '../report.js'
import { StampedAttributes } from '../stamp/stamped-attributes.js'
import { unhandledRejections } from '../unhandled-rejections.fixture.js'
import { createSelect, isExportedByDefault, type ShouldExport } from './should-export.js'

function spanOf(scope: string, attributes: Record<string, string | number> = {}): ReadableSpan {
  const memory = new InMemorySpanExporter()
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(memory)] })
  provider.getTracer(scope).startSpan('step', { attributes }, ROOT_CONTEXT).end()
  const [span] = memory.getFinishedSpans()
  if (!span) throw new Error('the in-memory exporter has no span')
  return span
}

describe('isExportedByDefault()', () => {
  it.each([
    ['axion', {}, true],
    ['axion.sub', {}, true],
    ['axionic', {}, false],
    ['langfuse-sdk', {}, true],
    ['ai', {}, true],
    ['ai.other', {}, false],
    ['gen_ai', {}, true],
    ['openinference.instrumentation.openai', {}, true],
    ['@arizeai/openinference-instrumentation-openai', {}, true],
    ['@traceloop/instrumentation-anthropic', {}, true],
    ['@traceloop', {}, true],
    ['traceloop.tracer', {}, true],
    ['opentelemetry.instrumentation.openai', {}, true],
    ['opentelemetry.instrumentation.langchain', {}, true],
    ['@opentelemetry/instrumentation-openai', {}, true],
    ['@elastic/opentelemetry-instrumentation-openai', {}, true],
    ['@opentelemetry/instrumentation-http', {}, false],
    ['@opentelemetry/instrumentation-pg', { 'db.statement': 'select 1' }, false],
    ['', {}, false],
    ['my-app', {}, false],
    ['my-app', { 'langfuse.observation.type': 'tool' }, true],
    ['my-app', { 'langfuse.trace.name': 'mine' }, true],
    ['my-app', { 'gen_ai.request.model': 'm' }, true],
    ['my-app', { 'openinference.span.kind': 'LLM' }, true],
    ['my-app', { 'llm.model_name': 'm' }, true],
    ['my-app', { 'traceloop.span.kind': 'workflow' }, true],
    // What any Langfuse processor writes on every span there is.
    ['my-app', { 'langfuse.environment': 'prod', 'langfuse.release': '1', 'langfuse.internal.is_app_root': 1 }, false],
    // Near misses.
    [
      'my-app',
      { langfuse: 'x', 'langfuse_x.y': 'x', gen_ai: 'x', llm: 'x', 'my.gen_ai.x': 'x', 'user.id': 'u' },
      false,
    ],
  ])('isExportedByDefault() of scope %j with %j is %j', (scope, attributes, expected) => {
    expect(isExportedByDefault(spanOf(scope, attributes), new StampedAttributes())).toBe(expected)
  })

  it('isExportedByDefault() does not take for the span’s own what the pipeline wrote', () => {
    const span = spanOf('http', { 'langfuse.trace.name': 'propagated' })
    const stamped = new StampedAttributes()
    stamped.add(span, 'langfuse.trace.name')
    expect(isExportedByDefault(span, stamped)).toBe(false)
    expect(isExportedByDefault(span, new StampedAttributes())).toBe(true)
  })

  it('isExportedByDefault() knows every scope that Langfuse’s own processor knows', () => {
    const names = KNOWN_LLM_INSTRUMENTATION_SCOPE_PREFIXES.flatMap((prefix) => [prefix, `${prefix}.part`])
    const spans = names.map((name) => spanOf(name)).filter((span) => isDefaultExportSpan(span))
    expect(spans.length).toBeGreaterThan(30)
    const unknown = spans.filter((span) => !isExportedByDefault(span, new StampedAttributes()))
    expect(unknown.map(({ instrumentationScope }) => instrumentationScope.name)).toEqual([])
  })
})

describe('createSelect()', () => {
  const collect = () => {
    const reports: TracingReport[] = []
    return { reports, reporter: createReporter((report) => reports.push(report)) }
  }
  const keepNamed = (span: ReadableSpan): boolean => span.instrumentationScope.name === 'kept'

  it('createSelect() is the default when there is no predicate', () => {
    const select = createSelect(undefined, keepNamed, collect().reporter)
    expect([select(spanOf('kept')), select(spanOf('other'))]).toEqual([true, false])
  })

  it.each<[string, ShouldExport, readonly boolean[]]>([
    ['widens', (span, byDefault) => byDefault || span.instrumentationScope.name === 'other', [true, true]],
    ['narrows', () => false, [false, false]],
    ['inverts', (_span, byDefault) => !byDefault, [false, true]],
  ])('createSelect() lets a predicate decide that %s the default', (_case, shouldExport, expected) => {
    const select = createSelect(shouldExport, keepNamed, collect().reporter)
    expect([select(spanOf('kept')), select(spanOf('other'))]).toEqual(expected)
  })

  it('createSelect() falls back to the default when a predicate throws, and says so once, without quoting it', () => {
    const { reports, reporter } = collect()
    const select = createSelect(
      () => {
        throw new RangeError('prompt text')
      },
      keepNamed,
      reporter,
    )
    expect([select(spanOf('kept')), select(spanOf('other'))]).toEqual([true, false])
    expect(reports).toEqual([
      {
        level: 'warn',
        code: 'filter_failed',
        message:
          'shouldExport threw a RangeError: the default filter decides about such spans. Make it handle every span.',
      },
    ])
  })

  it('createSelect() takes an answer that is no boolean for no opinion', () => {
    // What JavaScript callers can do: forget the return.
    const forgetful = (() => undefined) as unknown as ShouldExport
    const { reports, reporter } = collect()
    expect(createSelect(forgetful, keepNamed, reporter)(spanOf('kept'))).toBe(true)
    expect(reports).toEqual([])
  })

  it('createSelect() falls back to the default when a predicate gives a promise, says so once, and handles its rejection', async () => {
    const late = (async () => {
      throw new Error('prompt text')
    }) as unknown as ShouldExport
    const { reports, reporter } = collect()
    const rejections = await unhandledRejections(() => {
      const select = createSelect(late, keepNamed, reporter)
      expect([select(spanOf('kept')), select(spanOf('other'))]).toEqual([true, false])
    })
    expect(rejections).toEqual([])
    expect(reports).toEqual([
      {
        level: 'warn',
        code: 'filter_failed',
        message: 'shouldExport gave a promise: the default filter decides about such spans. Make it answer at once.',
      },
    ])
  })
})
