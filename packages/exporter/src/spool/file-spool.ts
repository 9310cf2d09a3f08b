import type { EncodedBatch } from '../encode/encoded-batch.js'
import { isMediumError, isMissing } from './error-code.js'
import { BEAT_MILLIS } from './liveness.js'
import { LogKeeper } from './log-keeper.js'
import { ProblemLog } from './problem-log.js'
import { readBody } from './read-body.js'
import { HEADER_BYTES } from './record.js'
import { type LeasedRecord, SegmentStore } from './segment-store.js'
import { SegmentWriter } from './segment-writer.js'
import type { AppendOutcome, Eviction, LeasedBatch, Spool, SpoolLosses, SpoolStats } from './spool.js'
import { SpoolBound } from './spool-bound.js'
import { type SpoolClock, SYSTEM_CLOCK } from './spool-clock.js'
import { SpoolLedger } from './spool-ledger.js'
import type { SpoolOptions } from './spool-options.js'
import { Tenancy } from './tenancy.js'

/** How old the picture of what other processes have may be. Whoever appends in a loop, where no timer runs, also shows so that it lives. */
const SURVEY_MILLIS = 1_000

/** A spool of segment files. */
export class FileSpool implements Spool {
  readonly #options: SpoolOptions
  readonly #clock: SpoolClock
  readonly #problems: ProblemLog
  readonly #ledger = new SpoolLedger()
  readonly #store: SegmentStore
  readonly #tenancy: Tenancy
  readonly #keeper: LogKeeper
  readonly #bound: SpoolBound
  readonly #stopBeating: () => void
  #writer: SegmentWriter | undefined
  #surveyedMillis = Number.NEGATIVE_INFINITY
  #isClosed = false

  constructor(options: SpoolOptions) {
    const { clock = SYSTEM_CLOCK, dir, destination, fsync } = options
    this.#options = options
    this.#clock = clock
    this.#problems = new ProblemLog(dir, options.onProblem)
    this.#store = new SegmentStore(this.#ledger, this.#problems, () => this.#keeper.reconcile())
    this.#tenancy = new Tenancy({
      dir,
      destination,
      clock,
      isSynced: fsync !== 'none',
      onProblem: (problem) => this.#problems.say(problem),
    })
    this.#keeper = new LogKeeper({
      tenancy: this.#tenancy,
      store: this.#store,
      problems: this.#problems,
      isSynced: fsync === 'always',
    })
    this.#bound = new SpoolBound({
      ...options,
      store: this.#store,
      theirBytes: () => this.#keeper.theirBytes,
      lookAgain: () => this.#surveyIfDue(),
      onEvicted: (eviction) => this.#tellEvicted(eviction),
    })
    this.#survey()
    this.#stopBeating = clock.every(BEAT_MILLIS, () => this.#beat())
  }

  append(batch: EncodedBatch): AppendOutcome {
    if (this.#isClosed) return 'unavailable'
    // The files can be deleted, or taken over, at any moment: then others are made, once.
    return this.#tryToAppend(batch, true) ?? this.#tryToAppend(batch, false) ?? 'unavailable'
  }

  async lease(): Promise<LeasedBatch | undefined> {
    while (!this.#isClosed) {
      const record = this.#store.lease() ?? (this.#surveyIfDue() ? this.#store.lease() : undefined)
      if (!record) return undefined
      const batch = await this.#read(record)
      if (batch !== 'skipped') return batch
    }
    return undefined
  }

  lost(): SpoolLosses {
    return this.#ledger.lost()
  }

  stats(): SpoolStats {
    if (!this.#isClosed) this.#store.loadAll()
    return this.#ledger.stats(this.#store.list(), this.#bound.occupiedBytes, this.#problems.errors())
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#stopBeating()
    this.#endSegment()
    this.#store.tidy()
    this.#keeper.removeEmptyLogs()
    this.#tenancy.leave()
  }

  #tryToAppend(batch: EncodedBatch, isTriedAgain: boolean): AppendOutcome | undefined {
    try {
      const { byteLength } = batch.body
      if (!this.#bound.makeRoom(byteLength)) return 'full'
      if (this.#writerFor(byteLength).append(batch)) return 'stored'
      this.#endSegment()
      this.#keeper.reconcile()
      return undefined
    } catch (error) {
      this.#endSegment()
      if (isTriedAgain && isMissing(error)) {
        this.#keeper.reconcile()
        return undefined
      }
      this.#problems.failed('store spans', error)
      return 'unavailable'
    }
  }

  #writerFor(bodyBytes: number): SegmentWriter {
    const size = this.#writer?.segment.bytes ?? 0
    if (size > 0 && size + HEADER_BYTES + bodyBytes > this.#bound.segmentBytes) this.#endSegment()
    // It may also have been sealed by others: because it was delivered and deleted, or evicted.
    if (this.#writer && !this.#writer.segment.isSealed) return this.#writer
    this.#writer = new SegmentWriter(this.#keeper.newSegment(), this.#options.fsync !== 'none')
    this.#store.add(this.#writer.segment)
    return this.#writer
  }

  #endSegment(): void {
    if (this.#writer) this.#store.seal(this.#writer.segment)
    this.#writer = undefined
  }

  async #read(record: LeasedRecord): Promise<LeasedBatch | 'skipped' | undefined> {
    try {
      const body = await readBody(record.segment, record.entry)
      // Once it is closed, the files belong to the next process.
      if (this.#isClosed) return undefined
      if (body) return this.#leased(record, body)
    } catch (error) {
      if (this.#isClosed) return undefined
      if (!isMediumError(error)) return this.#putBack(record, error)
      this.#problems.failed('read what waits', error)
    }
    this.#store.skip(record)
    return 'skipped'
  }

  #putBack(record: LeasedRecord, error: unknown): 'skipped' | undefined {
    if (isMissing(error)) this.#keeper.reconcile()
    else this.#problems.failed('read what waits', error)
    this.#store.release(record)
    return record.segment.holder === 'us' ? undefined : 'skipped'
  }

  #leased(record: LeasedRecord, body: Uint8Array): LeasedBatch {
    let isAnswered = false
    const answer = (act: () => void): void => {
      if (!isAnswered && !this.#isClosed) act()
      isAnswered = true
    }
    return {
      body,
      spanCount: record.entry.spanCount,
      own: record.segment.own,
      acknowledge: () => answer(() => this.#store.finish(record)),
      release: (isLast) => answer(() => this.#store.release(record, isLast)),
    }
  }

  #beat(): void {
    this.#survey()
    this.#store.tidy()
    this.#keeper.removeEmptyLogs()
  }

  #survey(): void {
    this.#surveyedMillis = this.#clock.monotonicMillis()
    this.#attempt('use its folder', () => this.#keeper.survey())
  }

  #surveyIfDue(): boolean {
    if (this.#clock.monotonicMillis() - this.#surveyedMillis < SURVEY_MILLIS) return false
    this.#survey()
    return true
  }

  #tellEvicted(eviction: Eviction): void {
    try {
      this.#options.onEvicted?.(eviction)
    } catch {}
  }

  #attempt(what: string, act: () => void): void {
    try {
      act()
    } catch (error) {
      this.#problems.failed(what, error)
    }
  }
}
