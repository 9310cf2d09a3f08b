/** Lets a bounded number of things happen at a time; the others wait, in order. */
export class Turns {
  readonly #atMost: number
  readonly #waiting: (() => void)[] = []
  #running = 0

  constructor(atMost: number) {
    this.#atMost = atMost
  }

  /**
   * Does something when its turn comes.
   *
   * @param act - Keeps its turn until its promise settles.
   */
  async run<T>(act: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#atMost) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    else this.#running++
    try {
      return await act()
    } finally {
      this.#next()
    }
  }

  // Hands the turn on, so that nobody can take it in between.
  #next(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#running--
  }
}
