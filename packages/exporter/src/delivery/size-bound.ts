import type { EncodedBatch } from '../encode/encoded-batch.js'
import { splitToFit } from '../encode/split-batch.js'

/** After this many acceptances the bound is tried anew. The limit may have been raised, or the server may be another one. */
const ACCEPTANCES = 100

/** Remembers what a server finds too large, so that it is not sent to be refused. */
export class SizeBound {
  #bytes = Number.POSITIVE_INFINITY
  #accepted = 0

  /**
   * Divides a batch that would be refused.
   *
   * @returns Batches of half the size that was refused of late; the batch itself, alone, when it is smaller or cannot be divided.
   */
  divide(batch: EncodedBatch): readonly EncodedBatch[] {
    return batch.body.byteLength < this.#bytes ? [batch] : splitToFit(batch, Math.floor(this.#bytes / 2))
  }

  /** A body was refused. A span that is alone says nothing about batches: it is cut, and others may be small. */
  refused({ body, spanCount }: EncodedBatch): void {
    if (spanCount === 1) return
    this.#bytes = Math.min(this.#bytes, body.byteLength)
    this.#accepted = 0
  }

  /** A body was accepted. */
  accepted(): void {
    if (++this.#accepted < ACCEPTANCES) return
    this.#bytes *= 2
    this.#accepted = 0
  }
}
