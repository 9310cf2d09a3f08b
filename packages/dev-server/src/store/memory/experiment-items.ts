import type { Observation } from '../../model/observation.js'
import type { Score } from '../../model/score.js'
import { compareText } from '../compare-values.js'
import type { ExperimentRunItem, ExperimentTotals, MeanScore } from '../viewer/experiment-row.js'
import { ascending } from './compare-rows.js'
import { NEWEST_SCORES } from './find-memory-scores.js'
import { groupBy } from './group-by.js'
import { allRows, type MemoryRows } from './memory-tables.js'
import { firstOf } from './page-of.js'
import { storedText } from './stored-copy.js'
import { textStart } from './text-start.js'
import { traceSum } from './trace-sum.js'

/** Characters of a payload of an item: many stand side by side, and the trace has the rest. */
const MAX_PAYLOAD_LENGTH = 4000

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

/** An item is shown by its root span, which says of itself that it is one. */
function isItemRoot({ id, details: { experiment } }: Observation): boolean {
  return experiment.id !== '' && experiment.itemRootId === id && (experiment.itemId ?? '') !== ''
}

function isAbout({ observationId }: Score, item: Observation): boolean {
  return observationId === null || observationId === item.id
}

function sumsOf({ observations }: MemoryRows, traceId: string): { totalCost: number; totalTokens: number } {
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

/**
 * Reads the items of an experiment, in the order in which they ran.
 *
 * @param rows Everything that is stored.
 * @param experimentId The experiment.
 * @param limit How many at most.
 * @returns The items.
 */
export function findExperimentItems(rows: MemoryRows, experimentId: string, limit: number): ExperimentRunItem[] {
  const items = allRows(rows.observations).filter(
    (row) => isItemRoot(row) && row.details.experiment.id === storedText(experimentId),
  )
  const scoresByTrace = groupBy(rows.scores.values(), ({ traceId }) => traceId)
  return firstOf(items.sort(FIRST_STARTED), limit).map((item) => {
    const { itemId = '', expectedOutput = '' } = item.details.experiment
    const { totalCost, totalTokens } = sumsOf(rows, item.traceId)
    return {
      ...{ itemId, traceId: item.traceId, observationId: item.id, startMillis: item.startTimeMillis },
      latencyMillis: item.endTimeMillis - item.startTimeMillis,
      isError: item.level === 'ERROR',
      statusMessage: item.details.statusMessage,
      ...{ totalCost, totalTokens },
      input: textStart(item.input, MAX_PAYLOAD_LENGTH),
      output: textStart(item.output, MAX_PAYLOAD_LENGTH),
      expectedOutput: textStart(expectedOutput, MAX_PAYLOAD_LENGTH),
      scores: newestOfEachName((scoresByTrace.get(item.traceId) ?? []).filter((score) => isAbout(score, item))),
    }
  })
}

const FIRST_STARTED = ascending<Observation>(
  ({ startTimeMillis }) => startTimeMillis,
  ({ id }) => id,
)

function newestOfEachName(scores: readonly Score[]): ExperimentRunItem['scores'] {
  const given = scores.filter(({ dataType }) => dataType !== 'CORRECTION').toSorted(NEWEST_SCORES)
  return [...groupBy(given, ({ name }) => name)]
    .flatMap(([name, [newest]]) =>
      newest === undefined ? [] : [{ name, value: newest.stringValue ?? newest.value, comment: newest.comment }],
    )
    .sort((one, other) => compareText(one.name, other.name))
}
