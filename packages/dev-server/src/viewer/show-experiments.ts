import type { Handler } from 'hono'
import type { ExperimentSummary } from '../model/experiment-summary.js'
import type { HttpEnv } from '../routes/http-env.js'
import type { Store } from '../store/store.js'
import { notFound } from '../wire/api-error.js'
import { compareRuns } from './compare-runs.js'

/** Experiments that are listed: the newest. */
const MAX_EXPERIMENTS = 200

/** Datasets whose names are looked up. */
const MAX_DATASETS = 1000

/** Experiments side by side: more have no room. */
const MAX_COMPARED = 5

/**
 * `GET /viewer/api/experiments`: the newest experiments and what their items add up to; with `dataset`, only those on the dataset of that id.
 *
 * @param store Where they are.
 * @returns The handler.
 */
export function listExperimentRows(store: Store): Handler<HttpEnv> {
  return (c) => {
    const datasetId = c.req.query('dataset') ?? ''
    const found = store.findExperiments({
      fromMillis: 0,
      conditions:
        datasetId === '' ? [] : [{ column: 'experimentDatasetId', type: 'text', operator: '=', value: datasetId }],
      limit: MAX_EXPERIMENTS,
    })
    return c.json({ experiments: describe(store, found) })
  }
}

/**
 * `GET /viewer/api/comparison?run=…&run=…`: experiments side by side, item by item.
 *
 * @param store Where they are.
 * @returns The handler, which answers 404 when the first one is not there; others that are not are left out.
 */
export function showComparison(store: Store): Handler<HttpEnv> {
  return (c) => {
    const ids = [...new Set(c.req.queries('run') ?? [])].slice(0, MAX_COMPARED)
    const found = store.findExperiments({
      fromMillis: 0,
      conditions: [{ column: 'experimentId', type: 'textList', operator: 'any of', values: ids }],
      limit: MAX_COMPARED,
    })
    const runs = ids.flatMap((id) => describe(store, found).filter((run) => run.id === id))
    if (runs[0] === undefined || runs[0].id !== ids[0])
      throw notFound('No such experiment: its traces were deleted, or it was never here')
    const comparison = compareRuns(
      store,
      runs.map(({ id }) => id),
    )
    return c.json({ runs, ...comparison })
  }
}

interface DescribedExperiment {
  readonly id: string
  readonly [field: string]: unknown
}

function describe(store: Store, experiments: readonly ExperimentSummary[]): DescribedExperiment[] {
  const totals = new Map(
    store.viewer.findExperimentTotals(experiments.map(({ id }) => id)).map((each) => [each.experimentId, each]),
  )
  const datasetNames = new Map(store.viewer.findDatasetRows(MAX_DATASETS).map(({ id, name }) => [id, name]))
  return experiments.map(({ id, name, description, datasetId, metadata, startTimeMillis }) => ({
    ...{ id, name, description, datasetId, metadata, startMillis: startTimeMillis },
    datasetName: datasetNames.get(datasetId) ?? '',
    totals: totals.get(id) ?? {
      ...{
        experimentId: id,
        itemCount: 0,
        errorCount: 0,
        meanLatencyMillis: 0,
        totalCost: 0,
        totalTokens: 0,
        scores: [],
      },
    },
  }))
}
