import type { LoaderPorts } from '../rest/ports.js'

/** Ports whose clock moves only when something sleeps. */
export interface HeldClock extends LoaderPorts {
  /** What was slept, in order, in milliseconds. */
  readonly naps: number[]
}

/** @param startMillis - The wall-clock time to begin at. */
export function holdClock(startMillis = 0): HeldClock {
  let elapsed = 0
  const naps: number[] = []
  return {
    naps,
    now: () => startMillis + elapsed,
    monotonic: () => elapsed,
    random: () => 0.5,
    sleep: async (millis, signal) => {
      signal?.throwIfAborted()
      naps.push(millis)
      elapsed += millis
    },
  }
}
