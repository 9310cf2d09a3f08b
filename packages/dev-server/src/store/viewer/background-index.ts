import type { Db } from '../db.js'
import { advanceSearch } from './advance-search.js'
import { advanceSummaries, type SummaryStep } from './advance-summaries.js'
import { PacedWork } from './paced-work.js'

/** From a write to the summaries that show it, while somebody looks: what comes meanwhile is taken together. */
const SHOWN_MILLIS = 100
/** Observations a step; one takes about 5 µs to sum up and 10 µs per kilobyte to index. */
const SUMMARY_STEP_ROWS = 2000
const SEARCH_STEP_ROWS = 500
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
  private readonly summaries: PacedWork
  private readonly search: PacedWork
  private lastWriteMillis = Number.NEGATIVE_INFINITY

  constructor(db: Db) {
    this.db = db
    const sinceWriteMillis = (): number => performance.now() - this.lastWriteMillis
    this.summaries = new PacedWork(() => this.advance().hasMore, sinceWriteMillis)
    this.search = new PacedWork(() => advanceSearch(db, SEARCH_STEP_ROWS) === SEARCH_STEP_ROWS, sinceWriteMillis)
    // Whatever an earlier process has not come to.
    this.schedule()
  }

  /** To be called after every write of observations. It only sets timers. */
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
    this.summaries.hurry(SHOWN_MILLIS)
    return () => this.listeners.delete(listener)
  }

  /** Sums up what was just written, for a reader that does not want to wait, but takes no more than about this time. */
  catchUp(budgetMillis: number): void {
    const end = performance.now() + budgetMillis
    while (this.advance().hasMore && performance.now() < end);
  }

  close(): void {
    this.summaries.close()
    this.search.close()
    this.listeners.clear()
  }

  private schedule(): void {
    if (this.listeners.size > 0) this.summaries.hurry(SHOWN_MILLIS)
    else this.summaries.schedule()
    this.search.schedule()
  }

  private advance(): SummaryStep {
    const step = advanceSummaries(this.db, SUMMARY_STEP_ROWS)
    this.announce(step.traceIds)
    return step
  }
}
