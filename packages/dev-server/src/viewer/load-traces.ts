import type { TraceSummary } from '../model/trace-summary.js'
import type { Store } from '../store/store.js'
import type { TracePosition } from '../store/trace-query.js'

/** How many traces stand on a page. */
const PAGE_SIZE = 50

/** A page of traces. */
export interface LoadedTraces {
  /** The newest first. */
  readonly traces: readonly TraceSummary[]
  /** Where the next page continues; undefined when there is none. */
  readonly next: TracePosition | undefined
}

/**
 * Reads a page of traces.
 *
 * @param store Where they are.
 * @param after Continue after this trace.
 * @returns The page.
 */
export function loadTraces(store: Store, after: TracePosition | undefined): LoadedTraces {
  // One more than is shown says whether there are more.
  const found = store.findTraces({ after, limit: PAGE_SIZE + 1 })
  const traces = found.slice(0, PAGE_SIZE)
  return { traces, next: found.length > PAGE_SIZE ? traces.at(-1) : undefined }
}
