import type { LegacyObservation } from '../model/legacy-observation.js'
import type { LegacyTrace } from '../model/legacy-trace.js'
import type { LegacyStore } from '../store/legacy-store.js'
import { type LegacyLookups, mergeObservation, type ObservationUpdate } from './observation-update.js'
import { mergeTrace, type TraceUpdate } from './trace-update.js'

/** What spans or events say, in the order in which they say it. */
export interface LegacyUpdates {
  readonly traces: readonly TraceUpdate[]
  readonly observations: readonly ObservationUpdate[]
}

/**
 * Brings what is stored up to date, all of it or nothing.
 *
 * @param store Where it is.
 * @param updates What is said.
 * @param nowMillis What time it is.
 * @param lookups Prices and prompts.
 */
export function applyUpdates(
  store: LegacyStore,
  updates: LegacyUpdates,
  nowMillis: number,
  lookups: LegacyLookups,
): void {
  const traces = new Map<string, LegacyTrace>()
  for (const update of updates.traces) {
    const known = traces.get(update.id) ?? store.findKnownTrace(update.id)
    traces.set(update.id, mergeTrace(known, update, nowMillis))
  }
  const observations = new Map<string, LegacyObservation>()
  for (const update of updates.observations) {
    const key = JSON.stringify([update.traceId, update.id])
    const known = observations.get(key) ?? store.findKnownObservation(update.traceId, update.id)
    observations.set(key, mergeObservation(known, update, nowMillis, lookups))
  }
  store.putLegacy([...traces.values()], [...observations.values()])
}
