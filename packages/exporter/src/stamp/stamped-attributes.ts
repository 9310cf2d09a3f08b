import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'

/** Remembers which attributes the pipeline wrote on a span, so that the filter does not take them for the span's own. */
export class StampedAttributes {
  // Weak: a span that never ends must not stay in memory because of this.
  readonly #keys = new WeakMap<ReadableSpan, Set<string>>()

  /** The pipeline wrote this key. */
  add(span: ReadableSpan, key: string): void {
    const keys = this.#keys.get(span)
    if (keys) keys.add(key)
    else this.#keys.set(span, new Set([key]))
  }

  /** Whether the pipeline wrote this key. */
  has(span: ReadableSpan, key: string): boolean {
    return this.#keys.get(span)?.has(key) ?? false
  }
}
