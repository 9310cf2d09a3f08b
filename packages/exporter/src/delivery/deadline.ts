import { DeliveryTimeout } from './delivery-errors.js'

/** How long a delivery may still take. */
export interface Deadline {
  /** Aborts when the time is up, with a `DeliveryTimeout` as its reason. */
  readonly signal: AbortSignal
  /** What is left, in milliseconds; not above 0 when the time is up. */
  remainingMillis(): number
  /** Ends the clock: the delivery is over. */
  clear(): void
}

/**
 * Starts the clock of one delivery.
 *
 * @param timeoutMillis - How long it may take, retries included.
 */
export function startDeadline(timeoutMillis: number): Deadline {
  const end = performance.now() + timeoutMillis
  const controller = new AbortController()
  // Not `AbortSignal.timeout`: its timer lets the process end in the middle of a flush that somebody awaits.
  const timer = setTimeout(() => controller.abort(new DeliveryTimeout()), timeoutMillis)
  return {
    signal: controller.signal,
    remainingMillis: () => end - performance.now(),
    clear: () => clearTimeout(timer),
  }
}
