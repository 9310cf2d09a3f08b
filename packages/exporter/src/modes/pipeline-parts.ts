import { CountingExporter } from '../delivery/counting-exporter.js'
import { describeFailure } from '../delivery/describe-failure.js'
import type { Destination } from '../delivery/destination.js'
import { SpanLedger } from '../delivery/span-ledger.js'
import type { SpanSender } from '../delivery/span-sender.js'
import type { ResolvedExporterOptions } from '../options/exporter-options.js'
import type { Reporter } from '../report.js'

/** What every mode that sends has in common. */
export interface PipelineParts {
  readonly exporter: CountingExporter
  readonly ledger: SpanLedger
  readonly reporter: Reporter
}

/**
 * Puts counting and reporting around a sender.
 *
 * @param sender - Sends.
 * @param destination - Where to, for messages, and how long that may take.
 * @param bounds - The most requests at a time, and the largest one.
 * @param reporter - Told once about every distinct failure.
 */
export function createPipelineParts(
  sender: SpanSender,
  destination: Destination,
  { concurrency, maxBatchBytes }: Pick<ResolvedExporterOptions, 'concurrency' | 'maxBatchBytes'>,
  reporter: Reporter,
): PipelineParts {
  const ledger = new SpanLedger()
  const onFailure = (error: unknown): void => {
    const { reason, detail, message } = describeFailure(error, destination)
    reporter.once({ level: 'error', code: 'delivery_failed', message }, `${reason}:${detail}`)
  }
  const exporter = new CountingExporter({
    sender,
    ledger,
    concurrency,
    maxBatchBytes,
    timeoutMillis: destination.timeoutMillis,
    onFailure,
  })
  return { exporter, ledger, reporter }
}
