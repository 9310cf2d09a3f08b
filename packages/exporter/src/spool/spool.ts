import type { EncodedBatch } from '../encode/encoded-batch.js'

/** What became of a batch: kept; not kept, because nothing may be evicted for it; not kept, because the disk does not take it. */
export type AppendOutcome = 'stored' | 'full' | 'unavailable'

/** Keeps encoded batches on disk until they are delivered: at least once, oldest first, and also by the process that comes after. */
export interface Spool {
  /**
   * Keeps a batch. Synchronous, because bursts and exit handlers cannot wait. Never throws. Tries anew each time, so it recovers when the
   * disk does.
   *
   * @param batch - Its body is copied to disk before this returns.
   */
  append(batch: EncodedBatch): AppendOutcome
  /**
   * Takes the oldest batch that nobody holds, of this process and of those that are gone. It stays taken until it is acknowledged or
   * released. Never rejects.
   *
   * @returns Nothing when there is none, when the disk cannot be read just now, and once the spool is closed.
   */
  lease(): Promise<LeasedBatch | undefined>
  /** Spans that were appended to this spool and that nobody will send. Evictions are told apart, by `onEvicted`. Cheap. */
  lost(): SpoolLosses
  /** Counts what is there and what was lost. Reads the headers of batches that other processes left, the first time it meets them. */
  stats(): SpoolStats
  /** Leaves what is not acknowledged to the next process. Synchronous. Batches that are still leased will be sent again. */
  close(): void
}

/** Spans that are on disk no more, or cannot be read there. */
export interface SpoolLosses {
  /** Somebody deleted the files. */
  readonly vanished: number
  /** Bytes were flipped or torn off. */
  readonly damaged: number
}

/** A batch that is to be delivered now. */
export interface LeasedBatch extends EncodedBatch {
  /** It was appended to this very spool, not found on disk. */
  readonly own: boolean
  /** It is delivered, or never will be: it is not leased again, also not after a restart. Only the first answer counts. */
  acknowledge(): void
  /**
   * It was not delivered: it waits again. Only the first answer counts.
   *
   * @param isLast - Whether it is leased only when nothing else is there; else at its old place.
   */
  release(isLast?: boolean): void
}

/** A number of batches, with what is in them. */
export interface SpoolTally {
  readonly batches: number
  readonly spans: number
  /** Of the bodies. */
  readonly bytes: number
}

/** What became of batches of one origin. */
export interface SpoolCounts {
  /** On disk, and not leased. */
  readonly waiting: SpoolTally
  readonly leased: SpoolTally
  /** Deleted for newer ones. */
  readonly evicted: SpoolTally
  /** Gone: somebody deleted the files, or another process took this one for dead and has delivered all that was in them. */
  readonly vanished: SpoolTally
}

/** The state of a spool. */
export interface SpoolStats {
  /** Appended to this spool. */
  readonly own: SpoolCounts
  /** Found on disk: appended by processes that are gone. */
  readonly adopted: SpoolCounts
  /** What everybody's segments take of `maxBytes`: ours exactly, those of other processes as last seen. */
  readonly occupiedBytes: number
  /** What could not be read and was skipped. */
  readonly corrupt: {
    /** Damaged stretches; as a rule one is one batch. */
    readonly records: number
    /** In those of them that still told their number. */
    readonly spans: number
    readonly bytes: number
  }
  /** Failed file operations by the error's code: `ENOSPC`, `EROFS` … */
  readonly errors: Readonly<Record<string, number>>
}

/** Batches that were deleted to make room. */
export interface Eviction extends SpoolTally {
  /** They were appended to this very spool. */
  readonly own: boolean
}

/** What the person who runs the program should know about the spool. Each code is told once. */
export interface SpoolProblem {
  /**
   * The operating system's code (`ENOSPC`, `EROFS` …), or one of ours: `open_folder` others may write to it, `foreign_folder` it belongs
   * to another user and is not used, `not_a_folder` something else is in its place, `damaged` bytes were skipped, `vanished` somebody
   * deleted files, `taken_over` another process took this one for dead, `invalid_batch` a batch says that it holds what cannot be.
   */
  readonly code: string
  /** One line: what was attempted and what was found. */
  readonly message: string
}
