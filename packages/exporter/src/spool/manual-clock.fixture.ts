import type { SpoolClock } from './spool-clock.js'

/** A clock that goes when it is told to. */
export class ManualClock implements SpoolClock {
  #nowMillis: number
  readonly #timers = new Set<{ readonly everyMillis: number; readonly act: () => void; dueMillis: number }>()

  constructor(nowMillis = 1_000_000) {
    this.#nowMillis = nowMillis
  }

  monotonicMillis(): number {
    return this.#nowMillis
  }

  every(millis: number, act: () => void): () => void {
    const timer = { everyMillis: millis, act, dueMillis: this.#nowMillis + millis }
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }

  /** Lets time pass, and what is due happen. */
  advance(millis: number): void {
    this.#nowMillis += millis
    for (const timer of this.#timers) {
      if (timer.dueMillis > this.#nowMillis) continue
      timer.dueMillis = this.#nowMillis + timer.everyMillis
      timer.act()
    }
  }

  /** Lets time pass for everybody but who holds this clock: nothing that is due happens, as in a process that is stopped. */
  freeze(millis: number): void {
    this.#nowMillis += millis
  }
}
