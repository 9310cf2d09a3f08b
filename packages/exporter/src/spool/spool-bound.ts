import { ACKNOWLEDGEMENT_BYTES } from './acknowledgements.js'
import { chooseEvicted } from './evict.js'
import { HEADER_BYTES } from './record.js'
import type { SegmentStore } from './segment-store.js'
import type { Eviction } from './spool.js'
import type { EvictionPolicy } from './spool-options.js'

// Large enough for few files; small enough for eviction to take little at a time, and for what a restart reads at a time.
const MAX_SEGMENT_BYTES = 8 * 1024 * 1024
const MIN_SEGMENTS = 8

/** What a bound is made of. */
export interface SpoolBoundOptions {
  readonly maxBytes: number
  readonly evict: EvictionPolicy
  readonly store: SegmentStore
  /** What the segments of other living processes take. */
  readonly theirBytes: () => number
  /** Has the figures brought up to date, if they are old. */
  readonly lookAgain: () => void
  /** Must not throw. */
  readonly onEvicted: (eviction: Eviction) => void
}

/** Keeps the segments of all processes within `maxBytes`. */
export class SpoolBound {
  readonly #options: SpoolBoundOptions

  constructor(options: SpoolBoundOptions) {
    this.#options = options
  }

  /** How large a segment may become, unless its first record alone is larger. */
  get segmentBytes(): number {
    return Math.min(MAX_SEGMENT_BYTES, this.#options.maxBytes / MIN_SEGMENTS)
  }

  /** What the segments of all processes take. */
  get occupiedBytes(): number {
    return this.#options.store.occupiedBytes + this.#options.theirBytes()
  }

  /**
   * Makes room for a record, if that is allowed and possible. Nothing is evicted in vain.
   *
   * @param bodyBytes - Of the record.
   * @returns Whether there is room now.
   * @throws If something that should be deleted cannot be.
   */
  makeRoom(bodyBytes: number): boolean {
    const { maxBytes, evict, store, lookAgain, onEvicted } = this.#options
    const bytes = HEADER_BYTES + bodyBytes + ACKNOWLEDGEMENT_BYTES
    if (!(bytes <= maxBytes)) return false
    lookAgain()
    for (let excess = this.#excess(bytes); excess > 0; excess = this.#excess(bytes)) {
      const chosen = evict === 'oldest' ? chooseEvicted(store.list(), excess) : undefined
      if (!chosen) return false
      for (const segment of chosen) {
        const evicted = store.evict(segment)
        if (evicted.batches > 0) onEvicted({ ...evicted, own: segment.own })
      }
    }
    return true
  }

  #excess(bytes: number): number {
    return this.occupiedBytes + bytes - this.#options.maxBytes
  }
}
