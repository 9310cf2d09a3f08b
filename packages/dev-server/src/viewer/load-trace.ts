import type { TraceSummary } from '../model/trace-summary.js'
import type { ObservationPosition } from '../store/observation-query.js'
import type { Store } from '../store/store.js'
import { layOutTree, type TreeLine } from './observation-tree.js'

/** How many observations stand on a page. */
const PAGE_SIZE = 2000

/** A trace, read for its page. */
export interface LoadedTrace {
  /** Of the whole trace, on every page. */
  readonly summary: TraceSummary
  /** The observations of this page, as a tree. */
  readonly lines: readonly TreeLine[]
  /** Whether earlier observations stand on pages before this one. */
  readonly isContinued: boolean
  /** Where the next page continues; undefined when there is none. */
  readonly next: ObservationPosition | undefined
}

/**
 * Reads a page of a trace. The earliest observations come first, and with them, nearly always, the parents of the rest.
 *
 * @param store Where it is.
 * @param traceId The trace.
 * @param after Continue after this observation.
 * @returns The page, or undefined when the trace has no observations.
 */
export function loadTrace(
  store: Store,
  traceId: string,
  after: ObservationPosition | undefined,
): LoadedTrace | undefined {
  const summary = store.findTrace(traceId)
  if (summary === undefined) return undefined
  const conditions = [{ column: 'traceId', type: 'text', operator: '=', value: traceId }] as const
  const found = store.findObservations({ conditions, order: 'oldest', after, limit: PAGE_SIZE + 1, parts: ['io'] })
  const observations = found.slice(0, PAGE_SIZE)
  return {
    summary,
    lines: layOutTree(observations),
    isContinued: after !== undefined,
    next: found.length > PAGE_SIZE ? observations.at(-1) : undefined,
  }
}
