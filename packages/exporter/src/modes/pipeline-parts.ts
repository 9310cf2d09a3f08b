import type { SpanExporter } from '@opentelemetry/sdk-trace-base'
import { CountingExporter } from '../delivery/counting-exporter.js'
import { describeFailure } from '../delivery/describe-failure.js'
import type { Destination } from '../delivery/destination.js'
import { SpanLedger } from '../delivery/span-ledger.js'
import type { Reporter } from '../report.js'

/** What every mode that sends has in common. */
export interface PipelineParts {
  readonly exporter: CountingExporter
  readonly ledger: SpanLedger
  readonly reporter: Reporter
}

/**
 * Puts counting and reporting around an exporter.
 *
 * @param inner - Sends.
 * @param destination - Where to, for messages.
 * @param concurrency - The most exports at a time.
 * @param reporter - Told once about every distinct failure.
 */
export function createPipelineParts(
  inner: SpanExporter,
  destination: Destination,
  concurrency: number,
  reporter: Reporter,
): PipelineParts {
  const ledger = new SpanLedger()
  const onFailure = (error: unknown): void => {
    const { reason, detail, message } = describeFailure(error, destination)
    reporter.once({ level: 'error', code: 'delivery_failed', message }, `${reason}:${detail}`)
  }
  const exporter = new CountingExporter({
    inner,
    ledger,
    concurrency,
    timeoutMillis: destination.timeoutMillis,
    onFailure,
  })
  return { exporter, ledger, reporter }
}
