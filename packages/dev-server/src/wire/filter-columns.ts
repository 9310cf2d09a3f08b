import type { ObservationColumn } from '../store/observation-columns.js'

/** The kinds of column Langfuse's filters distinguish; each takes certain types of condition. */
export type FilterColumnType =
  | 'string'
  | 'stringOptions'
  | 'arrayOptions'
  | 'datetime'
  | 'number'
  | 'boolean'
  | 'stringObject'

/** A column of a filter. */
export interface FilterColumn<Column extends string = ObservationColumn> {
  readonly column: Column
  readonly type: FilterColumnType
}

type Row = readonly [id: string, label: string, type: FilterColumnType, column: ObservationColumn]

// Ids, labels and types are those of Langfuse 4.16's events table; a filter may name a column by either.
const ROWS: readonly Row[] = [
  ['environment', 'Environment', 'stringOptions', 'environment'],
  ['traceEnvironment', 'Trace Environment', 'stringOptions', 'environment'],
  ['ingestionApiKey', 'API Key', 'stringOptions', 'ingestionApiKey'],
  ['ingestionSdkName', 'SDK Name', 'stringOptions', 'ingestionSdkName'],
  ['ingestionSdkVersion', 'SDK Version', 'stringOptions', 'ingestionSdkVersion'],
  ['ingestionSource', 'Ingestion Source', 'stringOptions', 'ingestionSource'],
  ['type', 'Type', 'stringOptions', 'type'],
  ['id', 'ID', 'stringOptions', 'id'],
  ['name', 'Name', 'stringOptions', 'name'],
  ['traceId', 'Trace ID', 'string', 'traceId'],
  ['startTime', 'Start Time', 'datetime', 'startTime'],
  ['endTime', 'End Time', 'datetime', 'endTime'],
  ['timeToFirstToken', 'Time To First Token (s)', 'number', 'timeToFirstToken'],
  ['latency', 'Latency (s)', 'number', 'latency'],
  ['tokensPerSecond', 'Tokens per second', 'number', 'tokensPerSecond'],
  ['inputCost', 'Input Cost ($)', 'number', 'inputCost'],
  ['outputCost', 'Output Cost ($)', 'number', 'outputCost'],
  ['totalCost', 'Total Cost ($)', 'number', 'totalCost'],
  ['level', 'Level', 'stringOptions', 'level'],
  ['statusMessage', 'Status Message', 'string', 'statusMessage'],
  ['model', 'Model', 'stringOptions', 'model'],
  ['providedModelName', 'Provided Model Name', 'stringOptions', 'model'],
  ['modelId', 'Model ID', 'stringOptions', 'modelId'],
  ['inputTokens', 'Input Tokens', 'number', 'inputTokens'],
  ['outputTokens', 'Output Tokens', 'number', 'outputTokens'],
  ['totalTokens', 'Total Tokens', 'number', 'totalTokens'],
  ['tokens', 'Tokens', 'number', 'totalTokens'],
  ['metadata', 'Metadata', 'stringObject', 'metadata'],
  ['evaluatorId', 'Evaluator ID', 'stringOptions', 'evaluatorId'],
  ['ruleId', 'Rule ID', 'stringOptions', 'ruleId'],
  ['version', 'Version', 'string', 'version'],
  ['release', 'Release', 'string', 'release'],
  ['promptName', 'Prompt Name', 'stringOptions', 'promptName'],
  ['promptVersion', 'Prompt Version', 'number', 'promptVersion'],
  ['input', 'Input', 'string', 'input'],
  ['output', 'Output', 'string', 'output'],
  ['sessionId', 'Session ID', 'string', 'sessionId'],
  ['traceName', 'Trace Name', 'stringOptions', 'traceName'],
  ['userId', 'User ID', 'string', 'userId'],
  ['traceTags', 'Trace Tags', 'arrayOptions', 'tags'],
  ['tags', 'Tags', 'arrayOptions', 'tags'],
  ['hasParentObservation', 'Has Parent Observation', 'boolean', 'hasParentObservation'],
  ['isRootObservation', 'Is Root Observation', 'boolean', 'isRootObservation'],
  ['hasInput', 'Has Input', 'boolean', 'hasInput'],
  ['hasOutput', 'Has Output', 'boolean', 'hasOutput'],
  ['parentObservationId', 'Parent Observation ID', 'string', 'parentObservationId'],
  ['experimentDatasetId', 'Experiment Dataset ID', 'stringOptions', 'experimentDatasetId'],
  ['experimentId', 'Experiment ID', 'stringOptions', 'experimentId'],
  ['experimentName', 'Experiment Name', 'stringOptions', 'experimentName'],
  ['isExperimentItemRootSpan', 'Is Experiment Item Root Span', 'boolean', 'isExperimentItemRootSpan'],
  ['toolDefinitions', 'Available Tools', 'number', 'toolDefinitions'],
  ['toolCalls', 'Tool Calls', 'number', 'toolCalls'],
  ['toolNames', 'Tool Names', 'arrayOptions', 'toolNames'],
  ['calledToolNames', 'Called Tool Names', 'arrayOptions', 'calledToolNames'],
]

/** Every column a filter can name, by id and by label. */
export const FILTER_COLUMNS: ReadonlyMap<string, FilterColumn> = new Map(
  ROWS.flatMap(([id, label, type, column]) => [
    [id, { column, type }],
    [label, { column, type }],
  ]),
)
