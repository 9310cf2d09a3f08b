import type { Reporter } from '../report.js'
import { RefusedRequest } from './delivery-errors.js'
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
  /** Media were left out, or not uploaded. */
  mediaSkipped(problem: MediaProblem): void
  /** The shutdown found spans that the server has not taken. */
  lost(count: number): void
}

/** Why media are not with Langfuse: there was no room for them, or an upload failed. */
export type MediaProblem = { readonly kind: 'no_room' } | { readonly kind: 'failed'; readonly error: unknown }

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
    mediaSkipped(problem) {
      const message =
        problem.kind === 'no_room'
          ? 'Left media out of spans: more were to be uploaded at once than there is room for.'
          : `Could not upload media to the store of ${destination.name}: ${causeOf(problem.error)}. Spans go there without them.`
      reporter.once({ level: 'warn', code: 'media_skipped', message }, problem.kind)
    },
    lost(count) {
      const message = `Lost ${count} spans: ${destination.name} has not taken them before the shutdown.`
      reporter.once({ level: 'error', code: 'spans_lost', message })
    },
  }
}

// Only what is known to hold no secret: the address of an upload is one.
function causeOf(error: unknown): string {
  if (error instanceof RefusedRequest) return `it answered ${error.status}`
  if (!(error instanceof Error)) return 'the upload failed'
  if (error.name === 'AbortError') return 'it did not take them in time'
  return 'code' in error && typeof error.code === 'string' ? `the connection failed (${error.code})` : error.name
}
