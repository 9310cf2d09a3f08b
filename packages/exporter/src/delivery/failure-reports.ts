import type { Reporter } from '../report.js'
import { describeFailure } from './describe-failure.js'
import type { Destination } from './destination.js'

/** What of a delivery the person who runs the program hears of. Each is said once for each reason; the counts stand in `stats()`. */
export interface FailureReports {
  /** Spans were not taken. */
  failure(error: unknown): void
  /** The server does not take spans now. */
  delay(error: unknown): void
  /** It does again. */
  recovery(): void
  /** The queue fills up. */
  pressure(): void
  /** The queue is full and spans were dropped. */
  overflow(): void
  /** Media were left out. */
  mediaSkipped(): void
  /** The shutdown found spans that the server has not taken. */
  lost(count: number): void
}

/**
 * Creates the voice of a delivery.
 *
 * @param destination - Where spans go.
 * @param bounds - What the queue holds, in bytes.
 * @param reporter - Told.
 */
export function createFailureReports(
  destination: Destination,
  { maxQueueBytes }: { readonly maxQueueBytes: number },
  reporter: Reporter,
): FailureReports {
  const queueSize = `${Math.ceil(maxQueueBytes / 2 ** 20)} MiB`
  return {
    failure(error) {
      const { reason, detail, message } = describeFailure(error, destination)
      reporter.once({ level: 'error', code: 'delivery_failed', message }, `${reason}:${detail}`)
    },
    delay(error) {
      const { reason, detail, message } = describeFailure(error, destination)
      reporter.once(
        {
          level: 'warn',
          code: 'delivery_delayed',
          message: `${message}${/[.?]$/.test(message) ? '' : '.'} Spans are kept and sent again.`,
        },
        `${reason}:${detail}`,
      )
    },
    recovery() {
      const message = `Spans go to ${destination.name} again.`
      reporter.once({ level: 'info', code: 'delivery_resumed', message })
    },
    pressure() {
      const message =
        `Spans end faster than they are sent: three quarters of the queue's ${queueSize} are full. ` +
        'Sample, or raise maxQueueBytes; a spool takes what does not fit.'
      reporter.once({ level: 'warn', code: 'queue_pressure', message })
    },
    overflow() {
      const message =
        `Dropping spans: the queue's ${queueSize} are full, and what ends beyond is counted in dropped. ` +
        'Set AXION_SPOOL_DIR to keep it on disk, or raise maxQueueBytes.'
      reporter.once({ level: 'error', code: 'spans_dropped', message })
    },
    mediaSkipped() {
      const message =
        'Left media out of spans: more were to be uploaded at once than there is room for, or there was no way to.'
      reporter.once({ level: 'warn', code: 'media_skipped', message })
    },
    lost(count) {
      const message = `Lost ${count} spans: ${destination.name} has not taken them before the shutdown.`
      reporter.once({ level: 'error', code: 'spans_lost', message })
    },
  }
}
