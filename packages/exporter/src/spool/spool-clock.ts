/** The time and the timer of a spool. Nothing in a spool reads the wall clock. */
export interface SpoolClock {
  /** Milliseconds since a moment that all processes of a machine share until it restarts. It is never set back. */
  monotonicMillis(): number
  /**
   * Does something again and again, without keeping the process alive for it.
   *
   * @param millis - How often.
   * @param act - What.
   * @returns Ends it.
   */
  every(millis: number, act: () => void): () => void
}

const NANOS_PER_MILLI = 1_000_000n

/** The clock of this machine. */
export const SYSTEM_CLOCK: SpoolClock = {
  // Not `performance.now()`: that begins with the process, and heartbeats are compared between processes.
  monotonicMillis: () => Number(process.hrtime.bigint() / NANOS_PER_MILLI),
  every(millis, act) {
    const timer = setInterval(act, millis)
    timer.unref()
    return () => clearInterval(timer)
  },
}
