import type { DeliveryReport } from './delivery-report.js'

/** Why a span that was to be sent never reached a request. */
export type DropReason =
  /** The queue was full, and so was the spool, if there is one. */
  | 'queue_full'
  /** It ended after the shutdown. */
  | 'after_shutdown'
  /** It holds something that cannot be encoded. */
  | 'unencodable'
  /** The spool made room for newer spans. */
  | 'evicted'
  /** It was on disk, and somebody deleted the spool's files. */
  | 'spool_vanished'
  /** It was on disk, and what is there now cannot be read. */
  | 'spool_damaged'
  /** The process ended before it could be sent. */
  | 'process_ended'

/**
 * Counts what becomes of every accepted span. Each span stands in one column at a time, and the columns add up to what was accepted.
 */
export class SpanLedger {
  #accepted = 0
  #exported = 0
  #failed = 0
  #spooled = 0
  #dropped = 0
  readonly #droppedBy: Partial<Record<DropReason, number>> = {}

  /** Spans ended and are to be sent. */
  accept(count = 1): void {
    this.#accepted += count
  }

  /** The server has accepted this many. */
  exported(count: number): void {
    this.#exported += count
  }

  /** The server has refused this many, or has not taken them before the shutdown. */
  failed(count: number): void {
    this.#failed += count
  }

  /** This many are lost. */
  dropped(count: number, reason: DropReason): void {
    this.#dropped += count
    this.#droppedBy[reason] = (this.#droppedBy[reason] ?? 0) + count
  }

  /** This many went to the disk; a negative number came back from there, to be counted elsewhere. */
  spooled(count: number): void {
    this.#spooled += count
  }

  /** Why spans were dropped, and how many. */
  droppedBy(): Readonly<Partial<Record<DropReason, number>>> {
    return { ...this.#droppedBy }
  }

  /** The counts so far. */
  report(): DeliveryReport {
    const settled = this.#exported + this.#failed + this.#dropped + this.#spooled
    return {
      exported: this.#exported,
      failed: this.#failed,
      dropped: this.#dropped,
      spooled: this.#spooled,
      pending: this.#accepted - settled,
    }
  }
}
