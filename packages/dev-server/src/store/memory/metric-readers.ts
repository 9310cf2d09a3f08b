import type { Observation } from '../../model/observation.js'
import type { Score, ScoreDataType } from '../../model/score.js'
import type { ObservationColumn } from '../observation-columns.js'
import { OBSERVATION_READERS, perSecond } from './observation-readers.js'

/** What a dimension or a measure of a row can be: booleans are 0 and 1, lists their JSON. Null is none. */
export type MetricValue = string | number | null

/** How the dimensions and measures of a view are read, by the names of Langfuse's data model of metrics, version 2. */
export interface MetricReaders<Row> {
  readonly timeMillis: (row: Row) => number
  readonly dimensions: ReadonlyMap<string, (row: Row) => MetricValue>
  readonly measures: ReadonlyMap<string, (row: Row) => MetricValue>
}

type Reader<Row> = (row: Row) => MetricValue

/** Of observations; latencies are in milliseconds here. */
export const OBSERVATION_METRICS: MetricReaders<Observation> = {
  timeMillis: ({ startTimeMillis }) => startTimeMillis,
  dimensions: new Map<string, Reader<Observation>>([
    ...(['id', 'traceId', 'type', 'name', 'level', 'promptVersion', 'isRootObservation', 'tags'] as const).map(
      (name) => [name, column(name)] as const,
    ),
    ...(['environment', 'parentObservationId', 'version', 'userId', 'sessionId', 'release', 'traceName'] as const).map(
      (name) => [name, orNull(name)] as const,
    ),
    ...(['promptName', 'experimentId', 'experimentName', 'experimentDatasetId'] as const).map(
      (name) => [name, orNull(name)] as const,
    ),
    ['traceRelease', orNull('release')],
    ['traceVersion', orNull('version')],
    ['providedModelName', orNull('model')],
    ['startTimeMonth', ({ startTimeMillis }) => new Date(startTimeMillis).toISOString().slice(0, 7)],
  ]),
  measures: new Map<string, Reader<Observation>>([
    ['count', () => 1],
    ['traceId', ({ traceId }) => traceId],
    ['uniqueUserIds', orNull('userId')],
    ['uniqueSessionIds', orNull('sessionId')],
    ['latency', (row) => between(row.startTimeMillis, row.endTimeMillis)],
    ['streamingLatency', (row) => between(row.details.completionStartMillis, row.endTimeMillis)],
    ['timeToFirstToken', (row) => between(row.startTimeMillis, row.details.completionStartMillis)],
    ...(['inputTokens', 'outputTokens', 'totalTokens', 'inputCost', 'outputCost', 'totalCost'] as const).map(
      (name) => [name, column(name)] as const,
    ),
    ['tokensPerSecond', (row) => rate(column('totalTokens')(row), between(row.startTimeMillis, row.endTimeMillis))],
    [
      'outputTokensPerSecond',
      (row) => rate(column('outputTokens')(row), between(row.details.completionStartMillis, row.endTimeMillis)),
    ],
    ['toolDefinitions', ({ details }) => details.offeredTools.length || null],
    ['toolCalls', ({ details }) => details.calledTools.length || null],
  ]),
}

/**
 * Of scores of one type.
 *
 * @param dataType The type.
 * @returns The readers; scores of a category have no measure but their number.
 */
export function scoreMetrics(dataType: ScoreDataType): MetricReaders<Score> {
  const isCategorical = dataType === 'CATEGORICAL'
  return {
    timeMillis: ({ timestampMillis }) => timestampMillis,
    dimensions: new Map<string, Reader<Score>>([
      ...(['id', 'name', 'source', 'environment', 'dataType', 'traceId', 'observationId', 'sessionId'] as const).map(
        (field) => [field, (score: Score) => score[field]] as const,
      ),
      ['configId', ({ configId }) => configId],
      isCategorical
        ? ['stringValue', ({ stringValue }) => stringValue]
        : [dataType === 'BOOLEAN' ? 'booleanValue' : 'value', ({ value }) => value],
    ]),
    measures: new Map<string, Reader<Score>>([
      ['count', () => 1],
      ...(isCategorical ? [] : [['value', ({ value }: Score) => value] as const]),
    ]),
  }
}

function column(name: ObservationColumn): Reader<Observation> {
  return (row) => {
    const value = OBSERVATION_READERS[name](row)
    if (typeof value === 'boolean') return value ? 1 : 0
    return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
  }
}

function orNull(name: ObservationColumn): Reader<Observation> {
  const read = column(name)
  return (row) => read(row) || null
}

function between(fromMillis: number | null, toMillis: number | null): number | null {
  return fromMillis === null || toMillis === null ? null : toMillis - fromMillis
}

function rate(count: MetricValue, millis: number | null): number | null {
  return perSecond(typeof count === 'number' ? count : null, millis === null ? null : millis / 1000)
}
