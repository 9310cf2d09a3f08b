import { context, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  type Sampler,
  SimpleSpanProcessor,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-base'

/** How the SDK under a test differs from the plain one. */
export interface RecordOptions {
  readonly sampler?: Sampler
  /** Run before the exporter's own. */
  readonly processors?: readonly SpanProcessor[]
}

/** A real SDK that keeps what it is given. */
export interface Recorder {
  readonly provider: BasicTracerProvider
  /** What has ended, in that order. */
  readonly spans: readonly ReadableSpan[]
}

/** An SDK that nobody registered: for a tracer's `provider` option. */
export function createRecorder({ sampler, processors = [] }: RecordOptions = {}): Recorder {
  const exporter = new InMemorySpanExporter()
  const provider = new BasicTracerProvider({
    ...(sampler === undefined ? undefined : { sampler }),
    spanProcessors: [...processors, new SimpleSpanProcessor(exporter)],
  })
  return {
    provider,
    get spans(): readonly ReadableSpan[] {
      return exporter.getFinishedSpans()
    },
  }
}

/** Runs a function with OpenTelemetry's SDK registered, as an application has it. @returns The spans that ended, in that order. */
export async function recordSpans(
  fn: (recorder: Recorder) => unknown,
  options?: RecordOptions,
): Promise<readonly ReadableSpan[]> {
  const recorder = createRecorder(options)
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  trace.setGlobalTracerProvider(recorder.provider)
  try {
    await fn(recorder)
    await recorder.provider.forceFlush()
    return recorder.spans
  } finally {
    trace.disable()
    context.disable()
  }
}

/** The one span with a name. @throws If there is none, or more than one. */
export function spanNamed(spans: readonly ReadableSpan[], name: string): ReadableSpan {
  const [span, ...others] = spans.filter((candidate) => candidate.name === name)
  if (span === undefined || others.length > 0)
    throw new Error(`Expected one span ${name}, found ${spans.map((candidate) => candidate.name).join(', ') || 'none'}`)
  return span
}

/** Name of the parent of a span, `undefined` for a root. @throws If the parent has not ended. */
export function parentName(spans: readonly ReadableSpan[], name: string): string | undefined {
  const id = spanNamed(spans, name).parentSpanContext?.spanId
  if (id === undefined) return undefined
  const parent = spans.find((span) => span.spanContext().spanId === id)
  if (parent === undefined) throw new Error(`The parent of ${name} has not ended`)
  return parent.name
}
