/**
 * Lets a flush wait for what was there when it began, and not for what comes later.
 */
export class Generations {
  #current = 0
  readonly #held = new Map<number, number>()
  readonly #waiting = new Set<{ readonly upTo: number; readonly resolve: () => void }>()

  /** Something comes in; the number it leaves with. */
  enter(): number {
    this.stay(this.#current)
    return this.#current
  }

  /** Something more of a generation that is still there: parts of a whole. */
  stay(generation: number): void {
    this.#held.set(generation, (this.#held.get(generation) ?? 0) + 1)
  }

  /** What entered with this number is gone. */
  leave(generation: number): void {
    const held = (this.#held.get(generation) ?? 0) - 1
    if (held > 0) {
      this.#held.set(generation, held)
      return
    }
    this.#held.delete(generation)
    for (const waiting of this.#waiting) {
      if (this.#isGone(waiting.upTo)) {
        this.#waiting.delete(waiting)
        waiting.resolve()
      }
    }
  }

  /** Resolves when everything that entered before the call has left. */
  gone(): Promise<void> {
    const upTo = this.#current++
    if (this.#isGone(upTo)) return Promise.resolve()
    return new Promise((resolve) => this.#waiting.add({ upTo, resolve }))
  }

  // A generation for each flush that something is left of: a handful.
  #isGone(upTo: number): boolean {
    for (const generation of this.#held.keys()) if (generation <= upTo) return false
    return true
  }
}
