import { type Context, diag } from '@opentelemetry/api'
import type { Resource } from '@opentelemetry/resources'
import type { ReadableSpan, Span, SpanProcessor } from '@opentelemetry/sdk-trace-base'
import type { Reporter } from '../report.js'
import type { CountingExporter } from './counting-exporter.js'
import type { DeliveryReport } from './delivery-report.js'
import type { SpanLedger } from './span-ledger.js'

/** A span processor that knows what became of its spans. */
export interface AccountedProcessor extends SpanProcessor {
  /** Resolves when every span that ended before the call was answered for by the server, or is counted as lost. Never rejects. */
  forceFlush(): Promise<void>
  /** Flushes and stops; spans that end later count as dropped. Never rejects. */
  shutdown(): Promise<void>
  /** What became of the spans so far. */
  stats(): DeliveryReport
}

/** What an accounted processor works with. */
export interface AccountedProcessorParts {
  /** Sees spans start and end; calls `ledger.accept` for the ones it keeps, and hands them to the exporter sooner or later. */
  readonly inner: SpanProcessor
  readonly exporter: CountingExporter
  readonly ledger: SpanLedger
  readonly reporter: Reporter
}

/**
 * Gives a processor a flush that means "the server has answered", and exact counts.
 *
 * @param parts - The processor, its exporter and the ledger both write into.
 */
export function createAccountedProcessor({
  inner,
  exporter,
  ledger,
  reporter,
}: AccountedProcessorParts): AccountedProcessor {
  let shutdown: Promise<void> | undefined
  let resource: Resource | undefined

  const drain = async (act: () => Promise<void>): Promise<void> => {
    const settle = ledger.beginFlush()
    try {
      // A batch can be on its way out of the queue, waiting for what a resource detector finds; the queue's flush does not see it.
      await resource?.waitForAsyncAttributes?.()
      await act()
    } catch {
      // What went wrong is in the ledger and was reported; OpenTelemetry's processors reject with the same once more.
    }
    await exporter.settled()
    reportDrops(settle(), reporter)
  }

  return {
    onStart: (span: Span, parentContext: Context): void => guard(() => inner.onStart(span, parentContext)),
    onEnding: (span: Span): void => guard(() => inner.onEnding?.(span)),
    onEnd: (span: ReadableSpan): void => {
      resource = span.resource
      guard(() => inner.onEnd(span))
    },
    forceFlush: () => drain(() => inner.forceFlush()),
    shutdown: () => {
      shutdown ??= drain(() => inner.shutdown()).then(() => ledger.close())
      return shutdown
    },
    stats: () => ledger.report(),
  }
}

// The SDK calls processors from within the application's own calls and lets through what they throw.
function guard(act: () => void): void {
  try {
    act()
  } catch (error) {
    diag.error('@axion/exporter: a span could not be processed', error)
  }
}

function reportDrops(lost: number, reporter: Reporter): void {
  if (lost === 0) return
  reporter.once({
    level: 'error',
    code: 'spans_dropped',
    message: `Dropped ${lost} spans: more ended at once than the queue holds. Flush in between, or raise OTEL_BSP_MAX_QUEUE_SIZE.`,
  })
}
