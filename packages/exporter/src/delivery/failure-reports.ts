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
  /** The shutdown found spans that the server has not taken. */
  lost(count: number): void
}

/**
 * Creates the voice of a delivery.
 *
 * @param destination - Where spans go.
 * @param reporter - Told.
 */
export function createFailureReports(destination: Destination, reporter: Reporter): FailureReports {
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
    lost(count) {
      const message = `Lost ${count} spans: ${destination.name} has not taken them before the shutdown.`
      reporter.once({ level: 'error', code: 'spans_lost', message })
    },
  }
}
