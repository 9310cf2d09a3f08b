import { setTimeout as sleep } from 'node:timers/promises'
import type { Deadline } from './deadline.js'
import type { AttemptOutcome } from './read-answer.js'
import type { SendOutcome } from './span-sender.js'

// As OpenTelemetry's exporters in JavaScript do it.
const FIRST_BACKOFF_MILLIS = 1_000
const LONGEST_BACKOFF_MILLIS = 5_000
const BACKOFF_MULTIPLIER = 1.5
const JITTER = 0.2

/**
 * Tries until an attempt is final, or there is no time for another one.
 *
 * @param attempt - Sends once.
 * @param deadline - Bounds everything; a wait that would go beyond it is not begun.
 * @param random - Gives numbers from 0 to 1: clients that failed together should not come back together.
 */
export async function sendWithRetries(
  attempt: () => Promise<AttemptOutcome>,
  deadline: Deadline,
  random: () => number = Math.random,
): Promise<SendOutcome> {
  for (let backoffMillis = FIRST_BACKOFF_MILLIS; ; backoffMillis *= BACKOFF_MULTIPLIER) {
    const outcome = await attempt()
    if (outcome.status !== 'retryable') return outcome
    const jitter = 1 + JITTER * (2 * random() - 1)
    const waitMillis = outcome.afterMillis ?? Math.min(backoffMillis, LONGEST_BACKOFF_MILLIS) * jitter
    if (waitMillis >= deadline.remainingMillis()) return { status: 'failed', error: outcome.error }
    await sleep(waitMillis)
  }
}
