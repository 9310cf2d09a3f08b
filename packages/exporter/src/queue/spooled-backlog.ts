/** Lets a flush wait for the spans that are on the disk when it begins. Counts what went there and what came back from there. */
export class SpooledBacklog {
  #stored = 0
  #returned = 0
  readonly #waiting = new Set<{ readonly target: number; readonly resolve: () => void }>()

  /** Spans of this process went to the disk. */
  stored(count: number): void {
    this.#stored += count
  }

  /** Spans of this process that were there are settled. */
  returned(count: number): void {
    this.#returned += count
    this.#wake((target) => this.#returned >= target)
  }

  /** There is nothing to be had from the disk now, whatever the counts say: another process may be sending it. */
  exhausted(): void {
    this.#wake(() => true)
  }

  /** Resolves when what is there now was settled, or cannot be had. The disk gives the oldest first. */
  emptied(): Promise<void> {
    const target = this.#stored
    if (this.#returned >= target) return Promise.resolve()
    return new Promise((resolve) => this.#waiting.add({ target, resolve }))
  }

  #wake(isOver: (target: number) => boolean): void {
    for (const waiting of this.#waiting) {
      if (!isOver(waiting.target)) continue
      this.#waiting.delete(waiting)
      waiting.resolve()
    }
  }
}
