import { crc32 } from 'node:zlib'
import type { EncodedBatch } from '../encode/encoded-batch.js'
import type { Doubt } from '../queue/parcel.js'

/** A handful of spans that break the server, not all that an outage touches. */
const LONGEST = 256

/** Remembers which batches the server answered with an error of its own while they wait on disk, where only their bytes are kept. */
export class DoubtLog {
  readonly #doubts = new Map<string, Doubt>()

  /** What is known of a batch. */
  of(batch: EncodedBatch): Doubt | undefined {
    return this.#doubts.size === 0 ? undefined : this.#doubts.get(keyOf(batch))
  }

  /** Remembers it, in the place of what was remembered longest. */
  remember(batch: EncodedBatch, doubt: Doubt): void {
    const key = keyOf(batch)
    this.#doubts.delete(key)
    this.#doubts.set(key, doubt)
    const [oldest] = this.#doubts.keys()
    if (this.#doubts.size > LONGEST && oldest !== undefined) this.#doubts.delete(oldest)
  }

  /** The batch came to its end. */
  forget(batch: EncodedBatch): void {
    if (this.#doubts.size > 0) this.#doubts.delete(keyOf(batch))
  }
}

function keyOf({ body, spanCount }: EncodedBatch): string {
  return `${spanCount} ${body.byteLength} ${crc32(body)}`
}
