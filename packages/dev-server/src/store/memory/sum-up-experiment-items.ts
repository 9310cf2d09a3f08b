import type { Score } from '../../model/score.js'
import { compareText } from '../compare-values.js'
import type { ExperimentTotals, MeanScore } from '../viewer/experiment-row.js'
import { isAbout, isItemRoot } from './find-experiment-items.js'
import { groupBy } from './group-by.js'
import { allRows, type MemoryRows } from './memory-tables.js'
import { storedText } from './stored-copy.js'
import { type TraceSum, traceSum } from './trace-sum.js'

/**
 * Sums up the items of experiments.
 *
 * @param rows Everything that is stored.
 * @param experimentIds Which experiments.
 * @returns The sums of those that have items.
 */
export function sumUpExperimentItems(rows: MemoryRows, experimentIds: readonly string[]): ExperimentTotals[] {
  const scoresByTrace = groupBy(rows.scores.values(), ({ traceId }) => traceId)
  const scoresByRun = groupBy(rows.scores.values(), ({ datasetRunId }) => datasetRunId)
  const byExperiment = groupBy(allRows(rows.observations).filter(isItemRoot), ({ details }) => details.experiment.id)
  return [...new Set(experimentIds.map(storedText))].flatMap((experimentId) => {
    const items = byExperiment.get(experimentId) ?? []
    if (items.length === 0) return []
    const traces = [...new Set(items.map(({ traceId }) => traceId))].map((traceId) => sumsOf(rows, traceId))
    const latencies = items.reduce((sum, item) => sum + item.endTimeMillis - item.startTimeMillis, 0)
    const scores = [
      ...items.flatMap((item) => (scoresByTrace.get(item.traceId) ?? []).filter((score) => isAbout(score, item))),
      ...(scoresByRun.get(experimentId) ?? []),
    ]
    return [
      {
        experimentId,
        itemCount: items.length,
        errorCount: items.filter(({ level }) => level === 'ERROR').length,
        meanLatencyMillis: latencies / items.length,
        totalCost: traces.reduce((sum, { totalCost }) => sum + totalCost, 0),
        totalTokens: traces.reduce((sum, { totalTokens }) => sum + totalTokens, 0),
        scores: meansOf(scores),
      },
    ]
  })
}

function sumsOf({ observations }: MemoryRows, traceId: string): TraceSum {
  return traceSum([...(observations.get(traceId)?.values() ?? [])])
}

function meansOf(scores: readonly Score[]): MeanScore[] {
  const numbers = scores.filter(({ dataType }) => dataType === 'NUMERIC' || dataType === 'BOOLEAN')
  return [...groupBy(numbers, ({ name }) => name)]
    .map(([name, given]) => ({
      name,
      mean: given.reduce((sum, { value }) => sum + value, 0) / given.length,
      count: given.length,
    }))
    .sort((one, other) => compareText(one.name, other.name))
}
