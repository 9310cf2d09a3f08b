import { DEFAULT_LIMITS } from '../serialize/limits.js'
import type { Span } from '../span.js'
import type { Capture } from './settle.js'

/** Keeps what a generator yields for its span's output, within bounds, and ends the span once. */
export class Yielded {
  readonly #span: Span
  readonly #capture: Capture | undefined
  readonly #chunks: unknown[] = []
  #characters = 0
  #cut = 0
  #first = true
  #done = false

  constructor(span: Span, capture: Capture | undefined) {
    this.#span = span
    this.#capture = capture
  }

  /** Takes one chunk; the first marks the span's first token. */
  add(chunk: unknown): void {
    if (this.#first) {
      this.#first = false
      this.#span.markFirstToken()
    }
    if (!this.#capture || this.#done) return
    const fits = this.#chunks.length < DEFAULT_LIMITS.maxItems && this.#characters < DEFAULT_LIMITS.maxBytes
    if (!fits) {
      this.#cut++
      return
    }
    this.#characters += typeof chunk === 'string' ? chunk.length : 0
    this.#chunks.push(chunk)
  }

  /** Ends the span with what was yielded: text when all of it is text, else the list. */
  end(): void {
    if (this.#done) return
    this.#done = true
    if (this.#capture) this.#capture(this.#output())
    this.#span.end()
  }

  /** Ends the span with an error and what was yielded before it. */
  fail(error: unknown): void {
    if (!this.#done) this.#span.recordError(error)
    this.end()
  }

  #output(): unknown {
    const cut = this.#cut > 0 ? [`…[cut ${this.#cut} chunks]`] : []
    const output = [...this.#chunks, ...cut]
    return output.length > 0 && output.every((chunk) => typeof chunk === 'string') ? output.join('') : output
  }
}
