import type { RecordEntry } from './record-index.js'
import type { SpoolTally } from './spool.js'

/** A tally that is still counted. */
export class MutableTally implements SpoolTally {
  batches = 0
  spans = 0
  bytes = 0

  /** Counts more. */
  add({ batches, spans, bytes }: SpoolTally): void {
    this.batches += batches
    this.spans += spans
    this.bytes += bytes
  }

  /** Counts less. */
  subtract({ batches, spans, bytes }: SpoolTally): void {
    this.batches -= batches
    this.spans -= spans
    this.bytes -= bytes
  }

  /** What it says now. */
  read(): SpoolTally {
    return { batches: this.batches, spans: this.spans, bytes: this.bytes }
  }
}

/** The tally of one record. */
export function tallyOf({ bodyBytes, spanCount }: RecordEntry): SpoolTally {
  return { batches: 1, spans: spanCount, bytes: bodyBytes }
}
