import { type DeliveryReport, NOTHING_DELIVERED } from '../delivery/delivery-report.js'
import type { DropReason } from '../delivery/span-ledger.js'
import type { SpoolStats } from '../spool/spool.js'
import type { FilterReason } from './span-route.js'

/** Everything a pipeline counts, since it was made. */
export interface PipelineStats extends DeliveryReport {
  /** `dropped`, by reason. */
  readonly droppedBy: Readonly<Partial<Record<DropReason, number>>>
  /** Spans that ended and were not to be sent. */
  readonly filtered: number
  /** `filtered`, by reason. */
  readonly filteredBy: Readonly<Record<FilterReason, number>>
  /** Spans that wait for `alwaysKeep` to decide about their trace. They are in no other column yet. */
  readonly undecided: number
  /** Spans that earlier processes had left on disk and this one has sent. They are in no other column. */
  readonly replayed: number
  /**
   * What is encoded and waits in memory or is on its way. Spans that wait for their batch to fill or for a resource detector are not in it;
   * they are `pending` too.
   */
  readonly queue: { readonly spans: number; readonly bytes: number }
  /** The spool, if there is one. */
  readonly spool?: SpoolStats
}

/** The stats of a pipeline that sends nothing. */
export const NO_STATS: PipelineStats = {
  ...NOTHING_DELIVERED,
  droppedBy: {},
  filtered: 0,
  filteredBy: { filter: 0, sampling: 0, elsewhere: 0 },
  undecided: 0,
  replayed: 0,
  queue: { spans: 0, bytes: 0 },
}
