import type { EncodedBatch } from '../encode/encoded-batch.js'
import type { LeasedBatch } from '../spool/spool.js'

/** A batch on its way to the server. */
export interface Parcel extends EncodedBatch {
  /** Which flush waits for it: every one that began in a later generation. */
  readonly generation: number
  /** What speaks for its spans being the reason of a server's errors, when it has answered with one. */
  doubt: Doubt | undefined
  /** Where it came from, when that is the disk. */
  readonly leased: SharedLease | undefined
  /** The search for what the server refuses, when it is part of a batch that was refused. */
  readonly search: RefusalSearch | undefined
}

/** A lease that the parts of a batch share: it ends when the last of them is settled. */
export interface SharedLease {
  readonly batch: LeasedBatch
  parts: number
  /** How many of its spans are not settled. */
  spansLeft: number
}

/** How often the server answered a batch with an error of its own, and since when. */
export interface Doubt {
  attempts: number
  /** When the first of these requests was begun. */
  readonly sentMillis: number
  /** From when on an acceptance of something else says that the server works, in milliseconds from any start. */
  readonly sinceMillis: number
}

/** What the parts of a refused batch know of each other. */
export interface RefusalSearch {
  /** How many more requests the search may cost; each part that is accepted earns some. */
  requestsLeft: number
  /** How many parts are not settled. */
  parts: number
  /** Spans that were alone and refused. */
  refusedSpans: number
  /** How many more refusals it takes, while no part is accepted, until the rest is given up; undefined while there is no reason to doubt. */
  triesLeft: number | undefined
  /** Why what is left need not be sent, when it is given up. */
  givenUp: { readonly error: unknown } | undefined
  /** Whether the server took any part: if none, it is not the spans that it refuses. */
  accepted: boolean
  /** How many errors of the server's own came one after the other: many are an outage, not a span. */
  doubtsInRow: number
}

/** When the parts of a batch are sent: before everything else, or after the parts of the same search that wait already. */
export type PartsTurn = 'next' | 'after_siblings'

/** How a parcel is sent in parts instead. */
export interface Division {
  /** Together as many spans. */
  readonly parts: readonly EncodedBatch[]
  /** What the parts know of each other. */
  readonly search: RefusalSearch | undefined
  readonly turn: PartsTurn
  /** What each of them is suspected of, when the server's answer was an error of its own. */
  readonly doubt?: Doubt | undefined
}
