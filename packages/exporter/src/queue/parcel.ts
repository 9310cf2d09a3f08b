import type { EncodedBatch } from '../encode/encoded-batch.js'
import type { LeasedBatch } from '../spool/spool.js'

/** A batch on its way to the server. */
export interface Parcel extends EncodedBatch {
  /** Which flush waits for it: every one that began in a later generation. */
  readonly generation: number
  /** How often the server had no answer that settles it. */
  attempts: number
  /** Where it came from, when that is the disk. */
  readonly leased: SharedLease | undefined
  /** The search for what the server refuses, when it is part of a batch that was refused. */
  readonly search: RefusalSearch | undefined
}

/** A lease that the parts of a batch share: it ends when the last of them is settled. */
export interface SharedLease {
  readonly batch: LeasedBatch
  parts: number
}

/** What the parts of a refused batch know of each other. */
export interface RefusalSearch {
  /** How many more requests the search may cost. */
  requestsLeft: number
  /** Whether the server took any part: if none, it is not the spans that it refuses. */
  accepted: boolean
}
