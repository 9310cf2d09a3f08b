import type { Drainable } from './drainable.js'
import { endBySignal } from './end-by-signal.js'
import type { ExitHooks } from './exit-hooks.js'
import { flushAll } from './flush-all.js'
import { type LastChance, releaseRemaining } from './release-remaining.js'
import { TimeBudget } from './time-budget.js'
import { waitAtMost } from './wait-at-most.js'

/** What the end of the process needs to know of its listeners. */
export interface SignalListeners {
  /** Whether somebody else listens to a signal. */
  isHandledByOthers(signal: NodeJS.Signals): boolean
  /** Takes our own listener for a signal away. */
  stopListening(signal: NodeJS.Signals): void
  /** Takes all of them away. */
  stopListeningToAll(): void
}

/** How long a process that dies of an exception is held at most, in milliseconds: whoever restarts it waits. */
const EXCEPTION_DEADLINE_MILLIS = 2_000

/** What is done when the process is about to end, event by event. */
export class ProcessEnding {
  readonly #watched: ReadonlyMap<Drainable, ExitHooks>
  readonly #listeners: SignalListeners
  readonly #budget = new TimeBudget()
  #endingBy: NodeJS.Signals | undefined
  #hasGivenUp = false
  #isDyingOfException = false
  #isExiting = false

  /**
   * @param watched - The pipelines.
   * @param listeners - The listeners that call this.
   */
  constructor(watched: ReadonlyMap<Drainable, ExitHooks>, listeners: SignalListeners) {
    this.#watched = watched
    this.#listeners = listeners
  }

  /** The event loop has run empty. */
  beforeExit(): void {
    const leftMillis = this.#budget.leftMillis(this.#deadlineMillis())
    if (this.#isEmpty() || this.#hasGivenUp || leftMillis <= 0) return
    // Work that is begun now makes Node emit the event once more, to all. Whoever else listens shall not be called twice because of us: what is
    // held waits for the exit.
    if (process.listenerCount('beforeExit') > 1) return
    void this.#flushInTime(leftMillis).then(() => {
      // Not again when this one did not achieve it, or the process would not end.
      this.#hasGivenUp = !this.#isEmpty()
    })
  }

  /** A signal came. */
  signal(signal: NodeJS.Signals): void {
    if (this.#listeners.isHandledByOthers(signal)) this.background()
    else if (this.#endingBy) this.#end(this.#endingBy, `before a second signal (${signal}) came`)
    else void this.#flushAndEnd(signal)
  }

  /** Somebody else is about to end the process, or not: sends what is held meanwhile. */
  background(): void {
    void flushAll(this.#watched.keys(), this.#deadlineMillis())
  }

  /** Nobody caught an exception yet, or handled a rejection. */
  exception(): void {
    this.#isDyingOfException = true
    // When somebody does, the process goes on; when nobody does, it exits without another turn.
    queueMicrotask(() => {
      this.#isDyingOfException = false
    })
    // A listener for the exit threw: those after it, maybe ours, are not called any more.
    if (this.#isExiting) this.exitEnd()
  }

  /** The listeners for the exit are about to be called. */
  exitBegin(): void {
    this.#isExiting = true
  }

  /** The listeners for the exit have been called; the event loop does not turn any more. */
  exitEnd(): void {
    // No listener is called any more, but for want of one a signal still ends the wait.
    this.#listeners.stopListeningToAll()
    const deadlineMillis = this.#deadlineMillis()
    const leftMillis = this.#budget.leftMillis(deadlineMillis)
    this.#release(
      this.#isDyingOfException
        ? lastChance(
            Math.min(leftMillis, EXCEPTION_DEADLINE_MILLIS),
            Math.min(deadlineMillis, EXCEPTION_DEADLINE_MILLIS),
          )
        : lastChance(leftMillis, deadlineMillis),
    )
  }

  async #flushAndEnd(signal: NodeJS.Signals): Promise<void> {
    this.#endingBy = signal
    const deadlineMillis = this.#deadlineMillis()
    if (!this.#isEmpty()) await this.#flushInTime(deadlineMillis)
    // Unless a second signal has ended it.
    if (this.#endingBy) this.#end(signal, `within ${deadlineMillis} ms`)
  }

  #end(signal: NodeJS.Signals, limit: string): void {
    this.#endingBy = undefined
    this.#release({ deadlineMillis: 0, limit })
    this.#listeners.stopListening(signal)
    endBySignal(signal)
  }

  async #flushInTime(deadlineMillis: number): Promise<void> {
    this.#budget.start()
    await waitAtMost(deadlineMillis, flushAll(this.#watched.keys(), deadlineMillis))
    this.#budget.stop()
  }

  #release(chance: LastChance): void {
    releaseRemaining(this.#watched.keys(), chance)
  }

  #isEmpty(): boolean {
    return [...this.#watched.keys()].every((drainable) => drainable.isEmpty())
  }

  #deadlineMillis(): number {
    return Math.max(...[...this.#watched.values()].map(({ deadlineMillis }) => deadlineMillis))
  }
}

function lastChance(leftMillis: number, deadlineMillis: number): LastChance {
  return { deadlineMillis: leftMillis, limit: `within ${deadlineMillis} ms` }
}
