const FIRST_MILLIS = 1_000
const LONGEST_MILLIS = 30_000
const MULTIPLIER = 1.5
/**
 * The longest wait a server may ask for. A date far off is a clock that is wrong, or the plan of a maintenance that can end sooner; to ask once
 * in five minutes burdens nobody, and each hour of silence costs what memory and disk do not hold.
 */
const LONGEST_ASKED_MILLIS = 5 * 60_000
/** Clients that failed together should not come back together. */
const JITTER = 0.2

/**
 * How long a server that cannot take spans is left alone: longer after each failure, and at least as long as it asked for. Knows nothing of timers.
 */
export class BackOff {
  readonly #now: () => number
  readonly #random: () => number
  #failures = 0
  #failedAt = Number.NEGATIVE_INFINITY
  #until = 0
  #askedUntil = 0

  /**
   * @param now - The present in milliseconds, from any start; it must not go back.
   * @param random - Gives numbers from 0 to 1.
   */
  constructor(now: () => number = () => performance.now(), random: () => number = Math.random) {
    this.#now = now
    this.#random = random
  }

  /** Whether the last request failed. */
  get isFailing(): boolean {
    return this.#failures > 0
  }

  /**
   * A request failed.
   *
   * @param startedMillis - When it was begun: requests that ran beside each other and fail beside each other are one failure.
   * @param afterMillis - How long the server asked to be left alone, if it did.
   */
  failed(startedMillis: number, afterMillis?: number): void {
    if (startedMillis >= this.#failedAt) this.#failures++
    this.#failedAt = this.#now()
    const growing = Math.min(FIRST_MILLIS * MULTIPLIER ** (this.#failures - 1), LONGEST_MILLIS)
    const askedMillis = afterMillis === undefined ? undefined : Math.min(afterMillis, LONGEST_ASKED_MILLIS)
    const ownMillis = growing * (1 + JITTER * (2 * this.#random() - 1))
    // Who asks for no wait at all, or one that is over, has not said that he can take more.
    const waitMillis = Math.max(ownMillis, askedMillis ?? 0)
    // Of several pleas the longest counts.
    this.#until = Math.max(this.#until, this.#now() + waitMillis)
    if (askedMillis !== undefined) this.#askedUntil = Math.max(this.#askedUntil, this.#now() + askedMillis)
  }

  /**
   * A request was answered.
   *
   * @param startedMillis - When it was begun: one that ran beside a failure says nothing about the time after it.
   */
  succeeded(startedMillis: number): void {
    if (startedMillis < this.#failedAt) return
    this.#failures = 0
    this.#until = 0
    this.#askedUntil = 0
  }

  /** The present, in milliseconds from any start. */
  now(): number {
    return this.#now()
  }

  /** Somebody waits for the next try: it is due, unless the server asked to be left alone still. */
  hurry(): void {
    this.#until = Math.min(this.#until, this.#askedUntil)
  }

  /** How long to wait still, in milliseconds. */
  remainingMillis(): number {
    return Math.max(0, this.#until - this.#now())
  }
}
