import type { ExperimentSummary } from '../../model/experiment-summary.js'
import type { Observation } from '../../model/observation.js'
import type { ExperimentPosition, ExperimentQuery } from '../experiment-query.js'
import { xxHash32 } from '../xx-hash-32.js'
import { maxOf, minOf } from './extremes.js'
import { groupBy } from './group-by.js'
import { READABLE_OBSERVATIONS } from './observation-readers.js'
import { firstOf, followingOf } from './page-of.js'
import { ascending, descending } from './row-order.js'
import { whereAllHold } from './where-all-hold.js'

/**
 * Sums up the experiments a query asks for, the one with the newest observation first.
 *
 * What all observations of an experiment should agree on is taken from one of them, see `selectExperiments`: the first in the order in which
 * Langfuse stores them.
 *
 * @param observations All observations.
 * @param query What to read.
 * @returns At most `query.limit` experiments.
 */
export function sumUpExperiments(observations: readonly Observation[], query: ExperimentQuery): ExperimentSummary[] {
  const { fromMillis, toMillis = Number.POSITIVE_INFINITY, conditions, after, limit } = query
  const inWindow = observations.filter(
    ({ details, startTimeMillis: start }) => details.experiment.id !== '' && start >= fromMillis && start < toMillis,
  )
  const byExperiment = groupBy(inWindow, ({ details }) => details.experiment.id)
  const newest = new Map<string, Observation>()
  for (const row of whereAllHold(inWindow, conditions, READABLE_OBSERVATIONS).toSorted(NEWEST_LAST)) {
    newest.set(row.details.experiment.id, row)
  }
  const positions = [...newest].map(([experimentId, row]) => ({
    ...{ experimentId, row },
    newestStartMillis: row.startTimeMillis,
  }))
  const page = firstOf(followingOf(positions.toSorted(NEWEST_EXPERIMENTS), NEWEST_EXPERIMENTS, after), limit)
  return page.map(({ experimentId, row }) => sumUpExperiment(experimentId, byExperiment.get(experimentId) ?? [], row))
}

const NEWEST_LAST = ascending<Observation>(
  ({ startTimeMillis }) => startTimeMillis,
  ({ id }) => id,
  ({ traceId }) => traceId,
)

const NEWEST_EXPERIMENTS = descending<ExperimentPosition>(
  ({ newestStartMillis }) => newestStartMillis,
  ({ experimentId }) => experimentId,
)

function sumUpExperiment(id: string, rows: readonly Observation[], newest: Observation): ExperimentSummary {
  const [first = newest] = rows.toSorted(AS_LANGFUSE_STORES)
  const { name, description = '', datasetId, metadata = {} } = first.details.experiment
  const itemRoots = rows.filter((row) => row.details.experiment.itemRootId === row.id)
  return {
    ...{ id, name, description, datasetId, metadata },
    startTimeMillis: minOf(rows.map((row) => row.startTimeMillis)),
    endTimeMillis: maxOf(rows.map((row) => Math.max(row.startTimeMillis, row.endTimeMillis))),
    itemCount: new Set(itemRoots.map((row) => row.id)).size,
    newest: { startTimeMillis: newest.startTimeMillis, traceId: newest.traceId, id: newest.id },
  }
}

/** By the minute, as its table is sorted. */
const AS_LANGFUSE_STORES = ascending<Observation>(
  ({ startTimeMillis }) => Math.trunc(startTimeMillis / 60_000),
  ({ traceId }) => xxHash32(traceId),
  ({ id }) => id,
)
