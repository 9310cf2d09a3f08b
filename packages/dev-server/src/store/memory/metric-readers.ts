import type { Metadata, Observation } from '../../model/observation.js'
import type { ObservationColumn } from '../observation-columns.js'
import type { CountedObservation, CountedScore } from './metric-rows.js'
import { OBSERVATION_READERS } from './observation-readers.js'
import type { ColumnValue } from './where-all-hold.js'

/** What a measure of a row can be. Null is none. */
export type MetricValue = string | number | null

/** How the dimensions and measures of a view are read, by their names. */
export interface MetricReaders<Row> {
  readonly timeMillis: (row: Row) => number
  readonly metadata: (row: Row) => Metadata
  readonly dimensions: Readonly<Record<string, (row: Row) => ColumnValue>>
  /** What conditions look at, where that is something else. */
  readonly filters: Readonly<Record<string, (row: Row) => ColumnValue>>
  readonly measures: Readonly<Record<string, (row: Row) => MetricValue>>
}

type ObservationReader = (row: CountedObservation) => ColumnValue

/** Of observations; latencies are in milliseconds here. */
export const OBSERVATION_METRICS: MetricReaders<CountedObservation> = {
  timeMillis: ({ observation }) => observation.startTimeMillis,
  metadata: ({ observation }) => observation.metadata,
  dimensions: {
    ...Object.fromEntries(
      (
        [
          ...['id', 'traceId', 'environment', 'parentObservationId', 'isRootObservation', 'type', 'name', 'level'],
          ...['version', 'userId', 'sessionId', 'tags', 'release', 'traceName', 'promptName', 'promptVersion'],
          ...['experimentName', 'experimentDatasetId', 'experimentId'],
        ] as ObservationColumn[]
      ).map((name) => [name, column(name)]),
    ),
    traceRelease: column('release'),
    traceVersion: column('version'),
    providedModelName: column('model'),
    startTimeMonth: ({ observation }) => new Date(observation.startTimeMillis).toISOString().slice(0, 7),
    toolNames: ({ offered }) => offered,
    calledToolNames: ({ called }) => called,
    costType: ({ cost }) => cost?.[0] ?? null,
    usageType: ({ usage }) => usage?.[0] ?? null,
  },
  filters: {
    promptVersion: ({ observation }) => asText(observation.details.promptVersion),
    toolNames: column('toolNames'),
    calledToolNames: column('calledToolNames'),
  },
  measures: {
    count: () => 1,
    traceId: ({ observation }) => observation.traceId,
    uniqueUserIds: ({ observation }) => observation.userId || null,
    uniqueSessionIds: ({ observation }) => observation.sessionId || null,
    latency: ({ observation: { startTimeMillis, endTimeMillis } }) => endTimeMillis - startTimeMillis,
    streamingLatency: ({ observation }) =>
      millisBetween(observation.details.completionStartMillis, observation.endTimeMillis),
    inputTokens: figure('inputTokens'),
    outputTokens: figure('outputTokens'),
    totalTokens: totalTokens,
    outputTokensPerSecond: (row) =>
      rateBetween(
        Number(figure('outputTokens')(row)),
        row.observation.details.completionStartMillis,
        row.observation.endTimeMillis,
      ),
    tokensPerSecond: (row) =>
      rateBetween(totalTokens(row), row.observation.startTimeMillis, row.observation.endTimeMillis),
    inputCost: figure('inputCost'),
    outputCost: figure('outputCost'),
    totalCost: ({ observation }) => observation.details.costDetails.total ?? 0,
    timeToFirstToken: ({ observation }) =>
      millisBetween(observation.startTimeMillis, observation.details.completionStartMillis),
    countScores: ({ scores }) => scores,
    toolDefinitions: ({ observation }) => observation.details.offeredTools.length || null,
    toolCalls: ({ observation }) => observation.details.calledTools.length || null,
    costByType: ({ cost }) => cost?.[1] ?? null,
    usageByType: ({ usage }) => usage?.[1] ?? null,
  },
}

/** Of scores, of whatever type. */
export const SCORE_METRICS: MetricReaders<CountedScore> = {
  timeMillis: ({ score }) => score.timestampMillis,
  metadata: ({ score }) => score.metadata,
  dimensions: {
    ...Object.fromEntries(
      (
        [
          'sessionId',
          'id',
          'environment',
          'name',
          'source',
          'dataType',
          'traceId',
          'configId',
          'observationId',
        ] as const
      ).map((name) => [name, ({ score }: CountedScore) => score[name]]),
    ),
    datasetRunId: ({ score }) => score.datasetRunId ?? '',
    traceName: ({ trace }) => trace?.traceName ?? null,
    userId: ({ trace }) => trace?.userId ?? null,
    tags: ({ trace }) => trace?.tags ?? null,
    traceRelease: ({ trace }) => trace?.details.release ?? null,
    traceVersion: ({ trace }) => trace?.details.version ?? null,
    observationName: ({ observation }) => observation?.name ?? null,
    observationModelName: ({ observation }) => observation?.details.model ?? null,
    observationPromptName: ({ observation }) => observation?.details.promptName ?? null,
    observationPromptVersion: ({ observation }) => observation?.details.promptVersion ?? null,
    experimentName: ({ observation }) => observation?.details.experiment.name ?? null,
    experimentId: ({ observation }) => observation?.details.experiment.id ?? null,
    evaluatorId: ({ score: { metadata } }) => metadata.evaluator_id || (metadata.job_configuration_id ?? ''),
    timestampMonth: ({ score }) => new Date(score.timestampMillis).toISOString().slice(0, 7),
    timestampDay: ({ score }) => new Date(score.timestampMillis).toISOString().slice(0, 10),
    value: ({ score }) => score.value,
    booleanValue: ({ score }) => score.value === 1,
    stringValue: ({ score }) => score.stringValue,
  },
  filters: { observationPromptVersion: ({ observation }) => asText(observation?.details.promptVersion ?? null) },
  measures: { count: () => 1, value: ({ score }) => score.value },
}

function column(name: ObservationColumn): ObservationReader {
  return ({ observation }) => OBSERVATION_READERS[name](observation)
}

function figure(
  name: 'inputTokens' | 'outputTokens' | 'inputCost' | 'outputCost',
): (row: CountedObservation) => MetricValue {
  return ({ observation }) => Number(OBSERVATION_READERS[name](observation))
}

function totalTokens({ observation }: { readonly observation: Observation }): number {
  return observation.details.usageDetails.total ?? 0
}

/**
 * How long something took.
 *
 * @param fromMillis When it began; null if it did not.
 * @param toMillis When it ended; null if it did not.
 * @returns The time in milliseconds, or null.
 */
export function millisBetween(fromMillis: number | null, toMillis: number | null): number | null {
  return fromMillis === null || toMillis === null ? null : toMillis - fromMillis
}

/**
 * How many there were a second. Langfuse counts how often a second ends between begin and end.
 *
 * @param count How many.
 * @param fromMillis The begin; null if there is none.
 * @param toMillis The end; null if there is none.
 * @returns The rate, or null.
 */
export function rateBetween(count: number, fromMillis: number | null, toMillis: number | null): number | null {
  if (fromMillis === null || toMillis === null) return null
  const seconds = Math.trunc(toMillis / 1000) - Math.trunc(fromMillis / 1000)
  return seconds === 0 ? null : count / seconds
}

/**
 * A number as conditions on text see it.
 *
 * @param value The number, or null.
 * @returns The text, or null.
 */
export function asText(value: number | null): string | null {
  return value === null ? null : String(value)
}
