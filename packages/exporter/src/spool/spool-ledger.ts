import type { Damage } from './scan-records.js'
import type { Segment } from './segment.js'
import type { SpoolCounts, SpoolLosses, SpoolStats, SpoolTally } from './spool.js'
import { MutableTally } from './tally.js'

/** What happened to batches of one origin that are on disk no more. */
class Losses {
  readonly evicted = new MutableTally()
  readonly vanished = new MutableTally()
}

/** Counts what was lost, and adds it up with what is there. */
export class SpoolLedger {
  readonly #own = new Losses()
  readonly #adopted = new Losses()
  #damagedOwn = 0
  readonly #corrupt = { records: 0, spans: 0, bytes: 0 }

  /** Batches of a segment were deleted for newer ones. */
  evicted(segment: Segment, tally: SpoolTally): void {
    this.#of(segment.own).evicted.add(tally)
  }

  /** Batches of a segment are not there any more, and nobody knows why. */
  vanished(segment: Segment, tally: SpoolTally): void {
    this.#of(segment.own).vanished.add(tally)
  }

  /** Something could not be read. */
  damaged({ records, spans, bytes }: Damage): void {
    this.#corrupt.records += records
    this.#corrupt.spans += spans
    this.#corrupt.bytes += bytes
  }

  /** Spans of this spool's own could not be read. */
  damagedOwn(spans: number): void {
    this.#damagedOwn += spans
  }

  /** What of this spool's own nobody will send, beside what was evicted. */
  lost(): SpoolLosses {
    return { vanished: this.#own.vanished.spans, damaged: this.#damagedOwn }
  }

  /**
   * Adds everything up.
   *
   * @param segments - Those that are there.
   * @param occupiedBytes - What everybody's segments take.
   * @param errors - Failed operations by code.
   */
  stats(segments: readonly Segment[], occupiedBytes: number, errors: Readonly<Record<string, number>>): SpoolStats {
    return {
      own: this.#counts(segments, true),
      adopted: this.#counts(segments, false),
      occupiedBytes,
      corrupt: { ...this.#corrupt },
      errors,
    }
  }

  #counts(segments: readonly Segment[], own: boolean): SpoolCounts {
    const waiting = new MutableTally()
    const leased = new MutableTally()
    for (const { index, own: isOwn } of segments) {
      if (!index || isOwn !== own) continue
      waiting.add(index.waiting)
      leased.add(index.leased)
    }
    const { evicted, vanished } = this.#of(own)
    return { waiting: waiting.read(), leased: leased.read(), evicted: evicted.read(), vanished: vanished.read() }
  }

  #of(own: boolean): Losses {
    return own ? this.#own : this.#adopted
  }
}
