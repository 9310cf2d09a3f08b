import type { Span } from '@axion/core'

/** So many calls run at a time in no application; those that are more were left by their callers. */
const MAX_OPEN = 10_000

/**
 * Spans between two events of a library that tells of its calls by events. A call whose end is never told (a stream that nobody reads) must
 * not stay in memory for ever: beyond a number, the oldest is ended.
 */
export class OpenSpans<T extends { readonly span: Span }> {
  readonly #entries = new Map<string, T>()
  readonly #max: number

  /** @param max - How many are kept. */
  constructor(max: number = MAX_OPEN) {
    this.#max = max
  }

  /** Keeps one, by the library's id of its call. */
  add(id: string, entry: T): void {
    this.#entries.set(id, entry)
    if (this.#entries.size <= this.#max) return
    const [oldest] = this.#entries
    if (oldest) this.take(oldest[0])?.span.end()
  }

  /** The one with an id. */
  get(id: string): T | undefined {
    return this.#entries.get(id)
  }

  /** Takes one out, to be ended. */
  take(id: string): T | undefined {
    const entry = this.#entries.get(id)
    this.#entries.delete(id)
    return entry
  }
}
