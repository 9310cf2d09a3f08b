import type { Moment } from './judge-outcome.js'

/** What is known of a server beside the answer to one request. Knows nothing of timers. */
export class Evidence {
  readonly #now: () => number
  readonly #hasDisk: boolean
  #accepted = { sentMillis: Number.NEGATIVE_INFINITY, answeredMillis: Number.NEGATIVE_INFINITY }
  /** Since when no other batches will come. */
  #closingMillis = Number.POSITIVE_INFINITY
  #hasTriedParts = false

  /**
   * @param now - The present in milliseconds, from any start; it must not go back.
   * @param hasDisk - Whether what is not sent is kept for the next process.
   */
  constructor(now: () => number, hasDisk: boolean) {
    this.#now = now
    this.#hasDisk = hasDisk
  }

  /** Whether no other batches will come. */
  get isClosing(): boolean {
    return this.#closingMillis !== Number.POSITIVE_INFINITY
  }

  /**
   * The server has accepted a request.
   *
   * @param startedMillis - When it was begun.
   */
  accepted(startedMillis: number): void {
    const sentMillis = Math.max(this.#accepted.sentMillis, startedMillis)
    this.#accepted = { sentMillis, answeredMillis: this.#now() }
  }

  /** No other batches will come. */
  beginShutdown(): void {
    if (!this.isClosing) this.#closingMillis = this.#now()
  }

  /** A batch is sent in parts because the server answered it with an error of its own. */
  dividedByDoubt(): void {
    if (this.isClosing) this.#hasTriedParts = true
  }

  /**
   * Says what is known now.
   *
   * @param startedMillis - When the request was begun whose answer is to be judged.
   */
  moment(startedMillis: number): Moment {
    const nowMillis = this.#now()
    return {
      nowMillis,
      sentMillis: startedMillis,
      accepted: this.#accepted,
      isLastChance: this.#isLastChance(nowMillis),
    }
  }

  // What a disk holds can be compared by the next process. Of those that are lost otherwise one is tried in parts, and, when the server takes a
  // part, the others too: an outage costs no more than that.
  #isLastChance(nowMillis: number): boolean {
    if (this.#hasDisk) return false
    return this.#closingMillis <= (this.#hasTriedParts ? this.#accepted.sentMillis : nowMillis)
  }
}
