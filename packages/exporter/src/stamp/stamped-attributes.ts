import type { Attributes } from '@opentelemetry/api'
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'

/** Remembers which `langfuse.*` attributes the pipeline wrote on a span, so that the filter does not take them for the span's own. */
export class StampedAttributes {
  // Weak: a span that never ends must not stay in memory because of this.
  readonly #keys = new WeakMap<ReadableSpan, ReadonlySet<string>>()
  #writing: { readonly span: ReadableSpan; readonly own: Attributes } | undefined

  /**
   * Runs what writes on a span.
   *
   * @param span - The span.
   * @param own - What it carried before.
   * @param write - Writes; the filter may run inside of it and sees only `own` as the span's.
   */
  record(span: ReadableSpan, own: Attributes, write: () => void): void {
    this.#writing = { span, own }
    try {
      write()
    } finally {
      this.#writing = undefined
      const written = Object.keys(span.attributes).filter((key) => key.startsWith('langfuse.') && !(key in own))
      if (written.length > 0) this.#keys.set(span, new Set(written))
    }
  }

  /** Whether the pipeline wrote this key. */
  has(span: ReadableSpan, key: string): boolean {
    if (this.#writing?.span === span) return !(key in this.#writing.own)
    return this.#keys.get(span)?.has(key) ?? false
  }
}
