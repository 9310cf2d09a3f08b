/** Time that is spent in pieces. */
export class TimeBudget {
  #spentMillis = 0
  #startedMillis: number | undefined

  /** Starts to spend. */
  start(): void {
    this.#startedMillis ??= performance.now()
  }

  /** Stops spending. */
  stop(): void {
    this.#spentMillis += this.#runningMillis()
    this.#startedMillis = undefined
  }

  /**
   * Says how much is left.
   *
   * @param budgetMillis - How much there was.
   */
  leftMillis(budgetMillis: number): number {
    return budgetMillis - this.#spentMillis - this.#runningMillis()
  }

  #runningMillis(): number {
    return this.#startedMillis === undefined ? 0 : performance.now() - this.#startedMillis
  }
}
