/** A column that conditions can name. */
export type ObservationColumn =
  | 'id'
  | 'traceId'
  | 'parentObservationId'
  | 'startTime'
  | 'endTime'
  | 'type'
  | 'name'
  | 'level'
  | 'environment'
  | 'userId'
  | 'sessionId'
  | 'traceName'
  | 'isRootObservation'
  | 'hasParentObservation'
  | 'hasInput'
  | 'hasOutput'
  | 'tags'
  | 'input'
  | 'output'
  | 'metadata'
  | 'statusMessage'
  | 'version'
  | 'release'
  | 'model'
  | 'modelId'
  | 'promptName'
  | 'promptVersion'
  | 'latency'
  | 'timeToFirstToken'
  | 'tokensPerSecond'
  | 'inputTokens'
  | 'outputTokens'
  | 'totalTokens'
  | 'inputCost'
  | 'outputCost'
  | 'totalCost'
  | 'toolDefinitions'
  | 'toolCalls'
  | 'toolNames'
  | 'calledToolNames'
  | 'experimentId'
  | 'experimentName'
  | 'experimentDatasetId'
  | 'experimentItemId'
  | 'isExperimentItemRootSpan'
  | 'ingestionApiKey'
  | 'ingestionSdkName'
  | 'ingestionSdkVersion'
  | 'ingestionSource'
  | 'evaluatorId'
  | 'ruleId'

/** What kind of value a column has, and therefore which conditions it takes. */
export type ColumnKind = 'text' | 'number' | 'time' | 'boolean' | 'array' | 'keyed'

/** How a column is filtered on. */
export interface ColumnDefinition {
  readonly kind: ColumnKind
  /** The SQL expression. */
  readonly sql: string
  /** Whether an empty string counts as "none" in conditions, as it does for these columns in Langfuse. */
  readonly emptyIsNull?: true
}

// What is empty is not stored, see `toDetailsRecord`: text reads as empty then, and everything else as null.
const detail = (path: string): string => `(details ->> '$.${path}')`
const detailText = (path: string): string => `coalesce(details ->> '$.${path}', '')`
// Null for a kind of usage that is not there at all, as opposed to a sum of 0.
const sumOf = (field: string, part: string): string =>
  `(SELECT coalesce(sum(value), 0) FROM json_each(details, '$.${field}') WHERE key LIKE '%${part}%')`

/** What every column is made of. Expressions are constants of this file: nothing from a request becomes SQL. */
export const OBSERVATION_COLUMNS: Readonly<Record<ObservationColumn, ColumnDefinition>> = {
  id: { kind: 'text', sql: 'id' },
  traceId: { kind: 'text', sql: 'trace_id' },
  parentObservationId: { kind: 'text', sql: 'parent_id', emptyIsNull: true },
  startTime: { kind: 'time', sql: 'start_millis' },
  endTime: { kind: 'time', sql: 'end_millis' },
  type: { kind: 'text', sql: 'type' },
  name: { kind: 'text', sql: 'name' },
  level: { kind: 'text', sql: 'level' },
  environment: { kind: 'text', sql: 'environment' },
  userId: { kind: 'text', sql: 'user_id' },
  sessionId: { kind: 'text', sql: 'session_id' },
  traceName: { kind: 'text', sql: 'trace_name' },
  isRootObservation: { kind: 'boolean', sql: 'is_root' },
  hasParentObservation: { kind: 'boolean', sql: "(parent_id <> '')" },
  hasInput: { kind: 'boolean', sql: "(input <> '')" },
  hasOutput: { kind: 'boolean', sql: "(output <> '')" },
  tags: { kind: 'array', sql: 'tags' },
  input: { kind: 'text', sql: 'input' },
  output: { kind: 'text', sql: 'output' },
  metadata: { kind: 'keyed', sql: 'metadata' },
  statusMessage: { kind: 'text', sql: detailText('statusMessage') },
  version: { kind: 'text', sql: detailText('version') },
  release: { kind: 'text', sql: detailText('release'), emptyIsNull: true },
  model: { kind: 'text', sql: detailText('model') },
  modelId: { kind: 'text', sql: detailText('modelId') },
  promptName: { kind: 'text', sql: detailText('promptName') },
  promptVersion: { kind: 'number', sql: detail('promptVersion') },
  latency: { kind: 'number', sql: '(end_millis - start_millis) / 1000.0' },
  timeToFirstToken: { kind: 'number', sql: `(${detail('completionStartMillis')} - start_millis) / 1000.0` },
  tokensPerSecond: {
    kind: 'number',
    sql: `${sumOf('usageDetails', 'output')} / nullif((end_millis - start_millis) / 1000.0, 0)`,
  },
  inputTokens: { kind: 'number', sql: sumOf('usageDetails', 'input') },
  outputTokens: { kind: 'number', sql: sumOf('usageDetails', 'output') },
  totalTokens: { kind: 'number', sql: detail('usageDetails.total') },
  inputCost: { kind: 'number', sql: sumOf('costDetails', 'input') },
  outputCost: { kind: 'number', sql: sumOf('costDetails', 'output') },
  totalCost: { kind: 'number', sql: detail('costDetails.total') },
  toolDefinitions: { kind: 'number', sql: "coalesce(json_array_length(details, '$.offeredTools'), 0)" },
  toolCalls: { kind: 'number', sql: "coalesce(json_array_length(details, '$.calledTools'), 0)" },
  toolNames: { kind: 'array', sql: "details -> '$.offeredTools'" },
  calledToolNames: { kind: 'array', sql: "details -> '$.calledTools'" },
  experimentId: { kind: 'text', sql: 'experiment_id', emptyIsNull: true },
  experimentName: { kind: 'text', sql: detailText('experiment.name') },
  experimentDatasetId: { kind: 'text', sql: detailText('experiment.datasetId') },
  experimentItemId: { kind: 'text', sql: detailText('experiment.itemId'), emptyIsNull: true },
  isExperimentItemRootSpan: { kind: 'boolean', sql: `(${detailText('experiment.itemRootId')} = id)` },
  ingestionApiKey: { kind: 'text', sql: detailText('apiKey') },
  ingestionSdkName: { kind: 'text', sql: detailText('sdkName') },
  ingestionSdkVersion: { kind: 'text', sql: detailText('sdkVersion') },
  // Everything comes over OTLP here.
  ingestionSource: { kind: 'text', sql: "'otel'" },
  // Spans of Langfuse's own evaluators say in their metadata which evaluator and rule ran.
  evaluatorId: { kind: 'text', sql: "coalesce(metadata ->> '$.evaluator_id', '')" },
  ruleId: {
    kind: 'text',
    sql: "coalesce(metadata ->> '$.evaluation_rule_id', metadata ->> '$.job_configuration_id', '')",
  },
}
