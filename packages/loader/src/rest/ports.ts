import { setTimeout as delay } from 'node:timers/promises'

/** Clock, randomness and timer: what a test has to hold still. */
export interface LoaderPorts {
  /** Wall-clock time in milliseconds since the epoch, for windows and HTTP dates. */
  readonly now: () => number
  /** A clock that never jumps, in milliseconds, for durations. */
  readonly monotonic: () => number
  /** A number in [0, 1). */
  readonly random: () => number
  /** Resolves after that many milliseconds, or rejects when the signal fires. */
  readonly sleep: (millis: number, signal: AbortSignal | undefined) => Promise<void>
}

/** The real ones. */
export const SYSTEM_PORTS: LoaderPorts = {
  now: Date.now,
  monotonic: () => performance.now(),
  random: Math.random,
  sleep: (millis, signal) => delay(millis, undefined, signal === undefined ? {} : { signal }),
}
