import type { Db } from '../db.js'
import { advanceSearch } from './advance-search.js'
import { advanceSummaries } from './advance-summaries.js'

/** From a write to the summaries that show it: what comes meanwhile is taken together. */
const SUMMARIES_DELAY_MILLIS = 100
/** Observations a step; one takes about 3 µs to sum up and 15 µs per kilobyte to index. */
const SUMMARY_STEP_ROWS = 4000
const SEARCH_STEP_ROWS = 500
/** The index of words waits until nothing has been written for so long … */
const QUIET_MILLIS = 400
/** … but no longer than this, then it takes a step at each of these. */
const BUSY_MILLIS = 1000
/** After an error, such as a full disk. */
const RETRY_MILLIS = 5000

/** What a listener is told. */
export interface TracesChange {
  /** The traces that changed. */
  readonly traceIds: readonly string[]
}

/**
 * Lets summaries and the full-text index follow what is written, in steps of some milliseconds, behind the answers to whoever writes. With
 * nothing to do it has no timer.
 */
export class BackgroundIndex {
  private readonly db: Db
  private readonly listeners = new Set<(change: TracesChange) => void>()
  private summaryTimer: NodeJS.Timeout | undefined
  private searchTimer: NodeJS.Timeout | undefined
  private lastWriteMillis = 0
  private lastSearchStepMillis = 0
  private isClosed = false

  constructor(db: Db) {
    this.db = db
    // Whatever an earlier process has not come to.
    this.schedule()
  }

  /** To be called after every write of observations. It only sets a timer. */
  wake(): void {
    this.lastWriteMillis = performance.now()
    this.schedule()
  }

  /** Tells the listeners of a change that is no observation. */
  announce(traceIds: readonly string[]): void {
    if (traceIds.length === 0) return
    for (const listener of this.listeners) listener({ traceIds })
  }

  /** @returns How to stop listening. */
  onChange(listener: (change: TracesChange) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Sums up what was just written, for a reader that does not want to wait, but takes no more than about this time. */
  catchUp(budgetMillis: number): void {
    const end = performance.now() + budgetMillis
    while (performance.now() < end) {
      const { rowCount, traceIds } = advanceSummaries(this.db, SUMMARY_STEP_ROWS)
      this.announce(traceIds)
      if (rowCount === 0) return
    }
  }

  close(): void {
    this.isClosed = true
    clearTimeout(this.summaryTimer)
    clearTimeout(this.searchTimer)
    this.listeners.clear()
  }

  private schedule(): void {
    this.scheduleSummaries(SUMMARIES_DELAY_MILLIS)
    this.scheduleSearch(QUIET_MILLIS)
  }

  private scheduleSummaries(delay: number): void {
    if (this.isClosed) return
    this.summaryTimer ??= setTimeout(() => {
      this.summaryTimer = undefined
      this.attempt(
        () => {
          const { rowCount, traceIds } = advanceSummaries(this.db, SUMMARY_STEP_ROWS)
          this.announce(traceIds)
          // At once, but after whoever waits for an answer.
          if (rowCount === SUMMARY_STEP_ROWS) this.scheduleSummaries(0)
        },
        (after) => this.scheduleSummaries(after),
      )
    }, delay).unref()
  }

  private scheduleSearch(delay: number): void {
    if (this.isClosed) return
    this.searchTimer ??= setTimeout(() => {
      this.searchTimer = undefined
      this.attempt(
        () => {
          const now = performance.now()
          const isBusy = now - this.lastWriteMillis < QUIET_MILLIS
          if (isBusy && now - this.lastSearchStepMillis < BUSY_MILLIS) return this.scheduleSearch(QUIET_MILLIS)
          this.lastSearchStepMillis = now
          if (advanceSearch(this.db, SEARCH_STEP_ROWS) === SEARCH_STEP_ROWS)
            this.scheduleSearch(isBusy ? QUIET_MILLIS : 0)
        },
        (after) => this.scheduleSearch(after),
      )
    }, delay).unref()
  }

  /** Nobody waits for this work, so nobody could be told of its errors: it is tried again. */
  private attempt(work: () => void, again: (afterMillis: number) => void): void {
    try {
      work()
    } catch {
      again(RETRY_MILLIS)
    }
  }
}
