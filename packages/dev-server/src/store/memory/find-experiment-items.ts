import type { Observation } from '../../model/observation.js'
import type { Score } from '../../model/score.js'
import { compareText } from '../compare-values.js'
import type { ExperimentRunItem } from '../viewer/experiment-row.js'
import { NEWEST_SCORES } from './find-memory-scores.js'
import { groupBy } from './group-by.js'
import { allRows, type MemoryRows } from './memory-tables.js'
import { firstOf } from './page-of.js'
import { ascending } from './row-order.js'
import { storedText } from './stored-copy.js'
import { textStart } from './text-start.js'
import { traceSum } from './trace-sum.js'

/** Characters of a payload of an item: many stand side by side, and the trace has the rest. */
const MAX_PAYLOAD_LENGTH = 4000

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
  const page = firstOf(items.sort(FIRST_STARTED), limit).sort(SHOWN_FIRST)
  return page.map((item) => {
    const { itemId = '', expectedOutput = '' } = item.details.experiment
    const { totalCost, totalTokens } = traceSum([...(rows.observations.get(item.traceId)?.values() ?? [])])
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
  ({ traceId }) => traceId,
)

/** Of items that began at once, what was made of the same dataset item has the same place in every run. */
const SHOWN_FIRST = ascending<Observation>(
  ({ startTimeMillis }) => startTimeMillis,
  ({ details }) => details.experiment.itemId ?? '',
  ({ id }) => id,
  ({ traceId }) => traceId,
)

function newestOfEachName(scores: readonly Score[]): ExperimentRunItem['scores'] {
  const given = scores.filter(({ dataType }) => dataType !== 'CORRECTION').toSorted(NEWEST_SCORES)
  return [...groupBy(given, ({ name }) => name)]
    .flatMap(([name, [newest]]) =>
      newest === undefined ? [] : [{ name, value: newest.stringValue ?? newest.value, comment: newest.comment }],
    )
    .sort((one, other) => compareText(one.name, other.name))
}

/**
 * Whether an observation stands for an item: its root span does, which says of itself that it is one.
 *
 * @param observation The observation.
 * @returns Whether it does.
 */
export function isItemRoot({ id, details: { experiment } }: Observation): boolean {
  return experiment.id !== '' && experiment.itemRootId === id && (experiment.itemId ?? '') !== ''
}

/**
 * Whether a score of the trace of an item counts for the item.
 *
 * @param score The score.
 * @param item The root span of the item.
 * @returns Whether it is about the trace as a whole, or the item.
 */
export function isAbout({ observationId }: Score, item: Observation): boolean {
  return observationId === null || observationId === item.id
}
