import type { Observation } from '../model/observation.js'
import type { ObservationPart } from '../store/observation-query.js'
import type { Store } from '../store/store.js'
import { findRoot, summarizeTrace, type TraceSummary } from './trace-summary.js'

/** How many traces stand on a page. */
export const PAGE_SIZE = 50

/** How many observations of a trace are looked at; a line of a list need not be exact beyond. */
const MAX_OBSERVATIONS = 1000

/**
 * The traces of a page.
 *
 * @param store Where they are.
 * @param beforeMillis Only traces with observations that began before this.
 * @returns The newest first.
 */
export function loadSummaries(store: Store, beforeMillis: number): TraceSummary[] {
  return store.newestTraceIds(PAGE_SIZE, beforeMillis).flatMap((traceId) => {
    const observations = readTrace(store, traceId, MAX_OBSERVATIONS, [])
    return observations === undefined ? [] : [summarizeTrace(observations, readPayload(store, findRoot(observations)))]
  })
}

/**
 * The observations of a trace.
 *
 * @param store Where they are.
 * @param traceId The trace.
 * @param limit How many at most, the newest.
 * @param parts The large parts to read.
 * @returns The observations, newest first; undefined when there are none.
 */
export function readTrace(
  store: Store,
  traceId: string,
  limit: number,
  parts: readonly ObservationPart[],
): [Observation, ...Observation[]] | undefined {
  const conditions = [{ column: 'traceId', type: 'text', operator: '=', value: traceId }] as const
  const [first, ...rest] = store.findObservations({ conditions, limit, parts })
  return first === undefined ? undefined : [first, ...rest]
}

/** Payloads can be large, so only the one that is shown is read. */
function readPayload(store: Store, { traceId, id }: Observation): Pick<Observation, 'input' | 'output'> {
  const conditions = [
    { column: 'traceId', type: 'text', operator: '=', value: traceId },
    { column: 'id', type: 'text', operator: '=', value: id },
  ] as const
  const [found] = store.findObservations({ conditions, limit: 1, parts: ['io'] })
  return { input: found?.input ?? '', output: found?.output ?? '' }
}
