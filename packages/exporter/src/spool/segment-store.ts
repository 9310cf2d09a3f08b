import { isMediumError, isMissing } from './error-code.js'
import type { ProblemLog } from './problem-log.js'
import { HEADER_BYTES } from './record.js'
import type { RecordEntry, RecordIndex } from './record-index.js'
import type { Damage } from './scan-records.js'
import type { Segment } from './segment.js'
import { compareSegmentNames } from './segment-name.js'
import type { SpoolTally } from './spool.js'
import type { SpoolLedger } from './spool-ledger.js'
import { tallyOf } from './tally.js'

/** A record that is being delivered. */
export interface LeasedRecord {
  readonly segment: Segment
  readonly row: number
  readonly entry: RecordEntry
}

/** The segments that one spool may read, oldest first. */
export class SegmentStore {
  readonly #ledger: SpoolLedger
  readonly #problems: ProblemLog
  readonly #onMissing: () => void
  readonly #segments: Segment[] = []

  /**
   * @param ledger - Counts what is lost.
   * @param problems - Are told.
   * @param onMissing - Something is not where it was: finds out what else is not, and calls `forget` for it.
   */
  constructor(ledger: SpoolLedger, problems: ProblemLog, onMissing: () => void) {
    this.#ledger = ledger
    this.#problems = problems
    this.#onMissing = onMissing
  }

  /** What they take of the spool's bound. */
  get occupiedBytes(): number {
    let bytes = 0
    for (const segment of this.#segments) bytes += segment.occupiedBytes
    return bytes
  }

  /** Those that are there now; may be gone through while some are removed. */
  list(): readonly Segment[] {
    return [...this.#segments]
  }

  /** Puts a segment where it belongs. */
  add(segment: Segment): void {
    const before = this.#segments.findLastIndex((other) => compareSegmentNames(other.name, segment.name) < 0)
    this.#segments.splice(before + 1, 0, segment)
  }

  /**
   * Leases the oldest record that waits.
   *
   * @returns Nothing if there is none, and nothing if a segment cannot be read just now: what is younger must not overtake it.
   */
  lease(): LeasedRecord | undefined {
    return this.#leaseFirst() ?? (this.#recall() ? this.#leaseFirst() : undefined)
  }

  #leaseFirst(): LeasedRecord | undefined {
    for (const segment of this.list()) {
      const index = this.#indexOf(segment)
      if (index === 'none') continue
      if (index === 'later') return undefined
      const row = index.lease()
      if (row !== undefined) return { segment, row, entry: index.at(row) }
    }
    return undefined
  }

  /** Nothing else is there: what was passed over comes again. */
  #recall(): boolean {
    let isAny = false
    for (const { index, holder } of this.#segments) if (holder === 'us' && index?.recall()) isAny = true
    return isAny
  }

  /** A record was delivered. */
  finish({ segment, row, entry }: LeasedRecord): void {
    segment.index?.finish(row)
    if (segment.holder !== 'us') return
    // A segment that is gone says by itself that all of it was delivered.
    if (segment.index?.isDone && this.#delete(segment)) return
    this.#attempt('note what was delivered', () => segment.acknowledgements.add(entry.offset))
  }

  /** A record was not delivered. */
  release({ segment, row, entry }: LeasedRecord, isLast = false): void {
    segment.index?.release(row, isLast)
    if (segment.holder === 'nobody') this.#ledger.vanished(segment, tallyOf(entry))
  }

  /** A record cannot be read. */
  skip({ segment, row, entry }: LeasedRecord): void {
    this.#skipDamage({ records: 1, spans: entry.spanCount, bytes: HEADER_BYTES + entry.bodyBytes })
    if (segment.own) this.#ledger.damagedOwn(entry.spanCount)
    segment.index?.finish(row)
    if (segment.holder === 'us' && segment.index?.isDone) this.#delete(segment)
  }

  /**
   * Deletes a segment with all that waits in it.
   *
   * @returns What waited.
   * @throws If it cannot be read or deleted: then it stays.
   */
  evict(segment: Segment): SpoolTally {
    if (!segment.index) this.#skipDamage(segment.load().damage)
    const { batches = 0, spans = 0, bytes = 0 } = segment.index?.waiting ?? {}
    segment.delete()
    this.#remove(segment)
    this.#ledger.evicted(segment, { batches, spans, bytes })
    return { batches, spans, bytes }
  }

  /**
   * A segment is not where it was. It is not read or written any more; what is leased of it may still be delivered.
   *
   * @param segment - One of these.
   * @param holder - Who has it now.
   */
  forget(segment: Segment, holder: 'others' | 'nobody'): void {
    segment.seal()
    segment.holder = holder
    this.#remove(segment)
    if (holder === 'nobody' && segment.index) this.#ledger.vanished(segment, segment.index.waiting)
  }

  /** No more records are appended to a segment. One that has none is deleted. */
  seal(segment: Segment): void {
    segment.seal()
    if (segment.holder === 'us' && segment.index?.isDone) this.#delete(segment)
  }

  /** Reads what was not read yet. */
  loadAll(): void {
    for (const segment of this.list()) this.#indexOf(segment)
  }

  /** Tries again what could not be written or deleted before. */
  tidy(): void {
    for (const segment of this.list()) {
      if (segment.index?.isDone && this.#delete(segment)) continue
      this.#attempt('note what was delivered', () => segment.acknowledgements.flush())
    }
  }

  /** Reads a segment if that was not done yet. */
  #indexOf(segment: Segment): RecordIndex | 'none' | 'later' {
    if (segment.holder !== 'us') return 'none'
    if (segment.index) return segment.index
    try {
      const { index, damage } = segment.load()
      this.#skipDamage(damage)
      return index
    } catch (error) {
      return this.#afterFailedLoad(segment, error)
    }
  }

  #afterFailedLoad(segment: Segment, error: unknown): 'none' | 'later' {
    if (isMissing(error)) {
      this.#onMissing()
      return segment.holder === 'us' ? 'later' : 'none'
    }
    this.#problems.failed('read what waits', error)
    if (!isMediumError(error)) return 'later'
    // It stays on disk: the next process may have more luck.
    this.#remove(segment)
    this.#skipDamage({ records: 1, spans: 0, bytes: segment.bytes })
    return 'none'
  }

  #skipDamage(damage: Damage): void {
    if (damage.records === 0) return
    this.#ledger.damaged(damage)
    this.#problems.damaged()
  }

  #delete(segment: Segment): boolean {
    if (!this.#attempt('delete what was delivered', () => segment.delete())) return false
    this.#remove(segment)
    return true
  }

  #remove(segment: Segment): void {
    const at = this.#segments.indexOf(segment)
    if (at >= 0) this.#segments.splice(at, 1)
  }

  #attempt(what: string, act: () => void): boolean {
    try {
      act()
      return true
    } catch (error) {
      if (isMissing(error)) this.#onMissing()
      else this.#problems.failed(what, error)
      return false
    }
  }
}
