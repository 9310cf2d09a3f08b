import { cutString } from '../serialize/cut-string.js'
import { describeBytes } from '../serialize/describe-bytes.js'
import { DEFAULT_LIMITS } from '../serialize/limits.js'
import type { Span } from '../span.js'
import type { Capture } from './settle.js'

/** Keeps what a stream yields for its span's output, within bounds, and ends the span once. */
export class Yielded {
  readonly #span: Span
  readonly #capture: Capture | undefined
  readonly #chunks: unknown[] = []
  #characters = 0
  #objects = 0
  #cut = 0
  #isFirst = true
  #isText = true
  #isDone = false

  constructor(span: Span, capture: Capture | undefined) {
    this.#span = span
    this.#capture = capture
  }

  /** Takes one chunk; the first marks the span's first token. */
  add(chunk: unknown): void {
    if (this.#isFirst) {
      this.#isFirst = false
      this.#span.markFirstToken()
    }
    if (!this.#capture || this.#isDone) return
    if (!this.#fits(chunk)) this.#cut++
    // Now, because whoever gets the bytes may give their buffer away.
    else this.#chunks.push(ArrayBuffer.isView(chunk) ? describeBytes(chunk) : chunk)
  }

  /** Ends the span with what was yielded: text when all of it is text, else the list. */
  end(): void {
    if (this.#isDone) return
    this.#isDone = true
    this.#capture?.(this.#output())
    this.#span.end()
  }

  /** Ends the span with an error and what was yielded before it. */
  fail(error: unknown): void {
    if (!this.#isDone) this.#span.recordError(error)
    this.end()
  }

  /** Text is bounded by its length, however many pieces a model's answer comes in; all else by count. */
  #fits(chunk: unknown): boolean {
    if (typeof chunk !== 'string') {
      this.#isText = false
      return this.#objects++ < DEFAULT_LIMITS.maxItems
    }
    if (this.#characters >= DEFAULT_LIMITS.maxBytes) return false
    // An empty piece takes its place in the list too.
    this.#characters += chunk.length || 1
    return true
  }

  #output(): unknown {
    const mark = this.#cut > 0 ? `…[cut ${this.#cut} chunks]` : undefined
    if (this.#chunks.length === 0 || !this.#isText) {
      return mark === undefined ? this.#chunks : [...this.#chunks, mark]
    }
    const text = this.#chunks.join('')
    return mark === undefined ? text : cutString(text, DEFAULT_LIMITS.maxBytes - MARK_BYTES) + mark
  }
}

// Room for the mark, so that it is not what the span's own limit cuts off.
const MARK_BYTES = 64
