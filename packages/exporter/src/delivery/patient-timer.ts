/** A timer that can be cleared. */
export interface PatientTimer {
  clear(): void
}

/** Late by less than this, in milliseconds, is no blocked event loop. */
const PUNCTUAL_MILLIS = 50

/**
 * Starts a timer that does not count time in which nothing could have happened: a program that computes for seconds keeps the event loop from
 * reading what a server has answered long ago. It keeps the process alive.
 *
 * @param millis - After how long.
 * @param act - What to do then.
 * @param now - The present in milliseconds, from any start; it must not go back.
 */
export function startPatientTimer(
  millis: number,
  act: () => void,
  now: () => number = () => performance.now(),
): PatientTimer {
  let due = now() + millis
  let timer = setTimeout(look, millis)
  function look(): void {
    const lateMillis = now() - due
    if (lateMillis < PUNCTUAL_MILLIS) {
      act()
      return
    }
    due = now() + lateMillis
    timer = setTimeout(look, lateMillis)
  }
  return { clear: () => clearTimeout(timer) }
}
