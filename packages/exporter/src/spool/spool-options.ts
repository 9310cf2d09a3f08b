import type { Eviction, SpoolProblem } from './spool.js'
import type { SpoolClock } from './spool-clock.js'

/**
 * What survives what. A process that is killed, SIGKILL included, loses nothing with any policy: what is written belongs to the kernel.
 * The policies differ in what a power failure, or a crash of the kernel or the virtual machine, takes with it.
 *
 * - `none`: what the kernel had not written back yet, up to half a minute's worth on Linux. Costs nothing.
 * - `batch`: no batch that was answered with `stored`. One `fdatasync` a batch, and one `fsync` of the folder a segment, without which the
 *   file could be missing altogether. Batches whose acknowledgement was not written back yet are sent again.
 * - `always`: the same, and no acknowledged batch is sent again: one more `fdatasync` an acknowledgement, and an `fsync` of the folder
 *   after a segment is deleted.
 */
export type FsyncPolicy = 'none' | 'batch' | 'always'

/** Who gives way when the spool is full: the oldest batches that are not leased, by the segment; or the new one, with the answer `full`. */
export type EvictionPolicy = 'oldest' | 'newest'

/** How a spool is opened. */
export interface SpoolOptions {
  /** The folder. It is made if it is not there, and may be shared by processes, projects and containers. */
  readonly dir: string
  /** Who may receive the batches, as a text that holds no secret. Spools of different destinations in one folder never meet. */
  readonly destination: string
  /** What the segments of all processes for this destination may take together, in bytes. */
  readonly maxBytes: number
  readonly fsync: FsyncPolicy
  readonly evict: EvictionPolicy
  /** @default The machine's. */
  readonly clock?: SpoolClock
  /** Is told of each kind of problem once. What it throws is swallowed. */
  readonly onProblem: (problem: SpoolProblem) => void
  /** Is told of each eviction, before the append that caused it returns. What it throws is swallowed. */
  readonly onEvicted?: (eviction: Eviction) => void
}
