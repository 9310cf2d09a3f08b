import { DeliveryTimeout } from './delivery-errors.js'
import { startPatientTimer } from './patient-timer.js'

/** How long a request may still take. */
export interface Deadline {
  /** Aborts when the time is up, or the request is given up before, with a `DeliveryTimeout` as its reason. */
  readonly signal: AbortSignal
  /** Whether the request is about to be ended: its time is up, even if what ends it waits for the event loop. */
  readonly isDue: boolean
  /** Ends the clock: the request is over. */
  clear(): void
  /** Gives the request up now. */
  abort(): void
}

/**
 * Starts the clock of one request.
 *
 * @param timeoutMillis - How long it may take, reading the answer included.
 * @param now - The present in milliseconds, from any start; it must not go back.
 */
export function startDeadline(timeoutMillis: number, now: () => number = () => performance.now()): Deadline {
  const controller = new AbortController()
  const abort = (): void => controller.abort(new DeliveryTimeout())
  // Not `AbortSignal.timeout`: its timer lets the process end in the middle of a flush that somebody awaits.
  const timer = startPatientTimer(timeoutMillis, abort, now)
  const dueMillis = now() + timeoutMillis
  const clear = (): void => timer.clear()
  return {
    signal: controller.signal,
    get isDue() {
      return controller.signal.aborted || now() >= dueMillis
    },
    clear,
    abort: () => {
      clear()
      abort()
    },
  }
}
