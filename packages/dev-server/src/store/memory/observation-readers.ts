import type { Metadata, Observation } from '../../model/observation.js'
import { OBSERVATION_COLUMNS, type ObservationColumn } from '../observation-columns.js'
import { asciiLowerCase } from './matches-text.js'
import type { ColumnValue, ReadableColumns } from './where-all-hold.js'

/** How each column of an observation is read. */
export const OBSERVATION_READERS: Readonly<Record<ObservationColumn, (row: Observation) => ColumnValue>> = {
  id: ({ id }) => id,
  traceId: ({ traceId }) => traceId,
  parentObservationId: ({ parentObservationId }) => parentObservationId,
  startTime: ({ startTimeMillis }) => startTimeMillis,
  endTime: ({ endTimeMillis }) => endTimeMillis,
  type: ({ type }) => type,
  name: ({ name }) => name,
  level: ({ level }) => level,
  environment: ({ environment }) => environment,
  userId: ({ userId }) => userId,
  sessionId: ({ sessionId }) => sessionId,
  traceName: ({ traceName }) => traceName,
  isRootObservation: ({ isRoot }) => isRoot,
  hasParentObservation: ({ parentObservationId }) => parentObservationId !== '',
  hasInput: ({ input }) => input !== '',
  hasOutput: ({ output }) => output !== '',
  tags: ({ tags }) => tags,
  input: ({ input }) => input,
  output: ({ output }) => output,
  metadata: ({ metadata }) => metadata,
  statusMessage: ({ details }) => details.statusMessage,
  version: ({ details }) => details.version,
  release: ({ details }) => details.release,
  model: ({ details }) => details.model,
  modelId: ({ details }) => details.modelId,
  promptName: ({ details }) => details.promptName,
  promptVersion: ({ details }) => details.promptVersion,
  latency: (row) => latencySeconds(row),
  timeToFirstToken: ({ startTimeMillis, details: { completionStartMillis } }) =>
    completionStartMillis === null ? null : (completionStartMillis - startTimeMillis) / 1000,
  tokensPerSecond: (row) => perSecond(sumOf(row.details.usageDetails, 'output'), latencySeconds(row)),
  inputTokens: ({ details }) => sumOf(details.usageDetails, 'input'),
  outputTokens: ({ details }) => sumOf(details.usageDetails, 'output'),
  totalTokens: ({ details }) => details.usageDetails.total ?? null,
  inputCost: ({ details }) => sumOf(details.costDetails, 'input'),
  outputCost: ({ details }) => sumOf(details.costDetails, 'output'),
  totalCost: ({ details }) => details.costDetails.total ?? null,
  toolDefinitions: ({ details }) => details.offeredTools.length,
  toolCalls: ({ details }) => details.calledTools.length,
  toolNames: ({ details }) => nullIfEmpty(details.offeredTools),
  calledToolNames: ({ details }) => nullIfEmpty(details.calledTools),
  experimentId: ({ details }) => details.experiment.id,
  experimentName: ({ details }) => details.experiment.name,
  experimentDatasetId: ({ details }) => details.experiment.datasetId,
  experimentItemId: ({ details }) => details.experiment.itemId ?? '',
  isExperimentItemRootSpan: ({ id, details }) => details.experiment.itemRootId === id,
  ingestionApiKey: ({ details }) => details.apiKey,
  ingestionSdkName: ({ details }) => details.sdkName,
  ingestionSdkVersion: ({ details }) => details.sdkVersion,
  // Everything comes over OTLP here.
  ingestionSource: () => 'otel',
  // Spans of Langfuse's own evaluators say in their metadata which evaluator and rule ran.
  evaluatorId: ({ metadata }) => textOf(metadata, 'evaluator_id') ?? '',
  ruleId: ({ metadata }) => textOf(metadata, 'evaluation_rule_id') ?? textOf(metadata, 'job_configuration_id') ?? '',
}

/** What observations are filtered on. */
export const READABLE_OBSERVATIONS: ReadableColumns<Observation> = {
  definitions: OBSERVATION_COLUMNS,
  readers: OBSERVATION_READERS,
}

/**
 * Adds up one side of usage or cost: kinds such as `input_cached_tokens` count as well.
 *
 * @param amounts By kind.
 * @param part What stands in the names of the kinds, in lower case.
 * @returns The sum.
 */
export function sumOf(amounts: Readonly<Record<string, number>>, part: string): number {
  return Object.entries(amounts)
    .filter(([kind]) => asciiLowerCase(kind).includes(part))
    .reduce((sum, [, amount]) => sum + amount, 0)
}

/**
 * How many there were a second.
 *
 * @param count How many; null for unknown.
 * @param seconds In which time.
 * @returns The rate, or null when there was no time or nothing is known.
 */
export function perSecond(count: number | null, seconds: number | null): number | null {
  return count === null || seconds === null || seconds === 0 ? null : count / seconds
}

function latencySeconds({ startTimeMillis, endTimeMillis }: Observation): number {
  return (endTimeMillis - startTimeMillis) / 1000
}

function nullIfEmpty(list: readonly string[]): readonly string[] | null {
  return list.length === 0 ? null : list
}

function textOf(metadata: Metadata, key: string): string | undefined {
  return Object.hasOwn(metadata, key) ? metadata[key] : undefined
}
