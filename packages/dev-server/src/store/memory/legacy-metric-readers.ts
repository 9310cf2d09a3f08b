import type { LegacyObservation } from '../../model/legacy-observation.js'
import { maxOf, minOf } from './extremes.js'
import type { CountedLegacyObservation, CountedLegacyScore, CountedLegacyTrace } from './legacy-metric-rows.js'
import {
  asText,
  type MetricReaders,
  type MetricValue,
  millisBetween,
  rateBetween,
  SCORE_METRICS,
} from './metric-readers.js'
import { sumOf } from './observation-readers.js'

/** Of traces of Langfuse 3. */
export const LEGACY_TRACE_METRICS: MetricReaders<CountedLegacyTrace> = {
  timeMillis: ({ trace }) => trace.timestampMillis,
  metadata: ({ trace }) => trace.metadata,
  dimensions: {
    ...Object.fromEntries(
      (['id', 'name', 'tags', 'userId', 'sessionId', 'release', 'version', 'environment'] as const).map((name) => [
        name,
        ({ trace }: CountedLegacyTrace) => trace[name],
      ]),
    ),
    timestampMonth: ({ trace }) => monthOf(trace.timestampMillis),
  },
  filters: {},
  measures: {
    count: () => 1,
    observationsCount: ({ observations }) => observations.length,
    scoresCount: ({ scores }) => scores,
    uniqueUserIds: ({ trace }) => (trace.userId === '' ? 0 : 1),
    uniqueSessionIds: ({ trace }) => (trace.sessionId === '' ? 0 : 1),
    latency: ({ observations }) => latencyOf(observations),
    totalTokens: ({ observations }) =>
      observations.reduce((sum, { details }) => sum + (details.usageDetails.total ?? 0), 0),
    totalCost: ({ observations }) => costOf(observations),
  },
}

/** Of observations of Langfuse 3; latencies are in milliseconds here. */
export const LEGACY_OBSERVATION_METRICS: MetricReaders<CountedLegacyObservation> = {
  timeMillis: ({ observation }) => observation.startTimeMillis,
  metadata: ({ observation }) => observation.metadata,
  dimensions: {
    ...Object.fromEntries(
      (['id', 'traceId', 'environment', 'parentObservationId', 'type', 'name', 'level', 'version'] as const).map(
        (name) => [name, ({ observation }: CountedLegacyObservation) => observation[name]],
      ),
    ),
    traceName: ({ trace }) => trace?.name ?? null,
    tags: ({ trace }) => trace?.tags ?? null,
    userId: ({ trace }) => trace?.userId ?? null,
    sessionId: ({ trace }) => trace?.sessionId ?? null,
    traceRelease: ({ trace }) => trace?.release ?? null,
    traceVersion: ({ trace }) => trace?.version ?? null,
    providedModelName: ({ observation }) => observation.details.model,
    promptName: ({ observation }) => observation.details.promptName,
    promptVersion: ({ observation }) => observation.details.promptVersion,
    startTimeMonth: ({ observation }) => monthOf(observation.startTimeMillis),
  },
  filters: { promptVersion: ({ observation }) => asText(observation.details.promptVersion) },
  measures: {
    count: () => 1,
    latency: ({ observation }) => millisBetween(observation.startTimeMillis, observation.endTimeMillis),
    streamingLatency: ({ observation }) =>
      millisBetween(observation.details.completionStartMillis, observation.endTimeMillis),
    timeToFirstToken: ({ observation }) =>
      millisBetween(observation.startTimeMillis, observation.details.completionStartMillis),
    inputTokens: ({ observation }) => sumOf(observation.details.usageDetails, 'input'),
    outputTokens: ({ observation }) => sumOf(observation.details.usageDetails, 'output'),
    totalTokens: ({ observation }) => observation.details.usageDetails.total ?? 0,
    outputTokensPerSecond: ({ observation: { details, endTimeMillis } }) =>
      rateBetween(sumOf(details.usageDetails, 'output'), details.completionStartMillis, endTimeMillis),
    tokensPerSecond: ({ observation: { details, startTimeMillis, endTimeMillis } }) =>
      rateBetween(details.usageDetails.total ?? 0, startTimeMillis, endTimeMillis),
    inputCost: ({ observation }) => sumOf(observation.details.costDetails, 'input'),
    outputCost: ({ observation }) => sumOf(observation.details.costDetails, 'output'),
    totalCost: ({ observation }) => observation.details.costDetails.total ?? null,
    countScores: ({ scores }) => scores,
  },
}

/** Of scores, of whatever type, with what Langfuse 3 knows of what they are about. */
export const LEGACY_SCORE_METRICS: MetricReaders<CountedLegacyScore> = {
  timeMillis: ({ score }) => score.timestampMillis,
  metadata: ({ score }) => score.metadata,
  dimensions: {
    // What a score has itself does not depend on the version.
    ...Object.fromEntries(
      Object.entries(SCORE_METRICS.dimensions).map(([name, read]) => [
        name,
        ({ score }: CountedLegacyScore) => read({ score, trace: undefined, observation: undefined }),
      ]),
    ),
    traceName: ({ trace }) => trace?.name ?? null,
    tags: ({ trace }) => trace?.tags ?? null,
    userId: ({ trace }) => trace?.userId ?? null,
    sessionId: ({ trace }) => trace?.sessionId ?? null,
    traceRelease: ({ trace }) => trace?.release ?? null,
    traceVersion: ({ trace }) => trace?.version ?? null,
    observationName: ({ observation }) => observation?.name ?? null,
    observationModelName: ({ observation }) => observation?.details.model ?? null,
    observationPromptName: ({ observation }) => observation?.details.promptName ?? null,
    observationPromptVersion: ({ observation }) => observation?.details.promptVersion ?? null,
  },
  filters: { observationPromptVersion: ({ observation }) => asText(observation?.details.promptVersion ?? null) },
  measures: { count: () => 1, value: ({ score }) => score.value },
}

/** From the first start to the last end; null while none has ended. */
function latencyOf(observations: readonly LegacyObservation[]): MetricValue {
  const ends = observations.flatMap(({ endTimeMillis }) => (endTimeMillis === null ? [] : [endTimeMillis]))
  return ends.length === 0 ? null : maxOf(ends) - minOf(observations.map(({ startTimeMillis }) => startTimeMillis))
}

function costOf(observations: readonly LegacyObservation[]): MetricValue {
  const costs = observations.flatMap(({ details }) => details.costDetails.total ?? [])
  return costs.length === 0 ? null : costs.reduce((sum, cost) => sum + cost, 0)
}

function monthOf(millis: number): string {
  return new Date(millis).toISOString().slice(0, 7)
}
