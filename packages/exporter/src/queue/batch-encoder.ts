import { BatchBuilder } from '../encode/batch-builder.js'
import { cutBatch } from '../encode/cut-batch.js'
import type { EncodedBatch } from '../encode/encoded-batch.js'
import type { OutgoingSpan } from '../encode/outgoing-span.js'

/** What becomes of encoded spans. */
export interface EncoderOutlets {
  /** Takes a request. */
  readonly carry: (batch: EncodedBatch) => void
  /** Told of a span that holds something that cannot be encoded. */
  readonly onUnencodable: () => void
}

/** Makes requests of spans that are not too large: a batch that is goes in several, and a span that is too large alone is cut. */
export class BatchEncoder {
  readonly #maxBytes: number
  readonly #outlets: EncoderOutlets
  readonly #builder: BatchBuilder

  /**
   * @param maxBytes - The largest body, before compression.
   * @param outlets - Where requests go.
   */
  constructor(maxBytes: number, outlets: EncoderOutlets) {
    this.#maxBytes = maxBytes
    this.#outlets = outlets
    this.#builder = new BatchBuilder(maxBytes)
  }

  /** Encodes a span into the request that is being made. */
  add(span: OutgoingSpan): void {
    let outcome = this.#builder.add(span)
    if (outcome === 'full') {
      this.#handOver()
      outcome = this.#builder.add(span)
    }
    if (outcome === 'unencodable') this.#outlets.onUnencodable()
  }

  /** Hands over the request that is being made. */
  finish(): void {
    if (this.#builder.spanCount > 0) this.#handOver()
  }

  #handOver(): void {
    const batch = this.#builder.take()
    // Only a span that is alone exceeds the bound.
    const isTooLarge = batch.body.byteLength > this.#maxBytes
    this.#outlets.carry(isTooLarge ? (cutBatch(batch, this.#maxBytes) ?? batch) : batch)
  }
}
