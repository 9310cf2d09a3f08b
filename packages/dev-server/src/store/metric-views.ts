import type { MetricView } from './metric-query.js'
import { OBSERVATION_COLUMNS } from './observation-columns.js'

/** What a column of an answer is made of. */
export interface MetricColumn {
  readonly sql: string
  /** How the database's value becomes that of the answer. @default as it is */
  readonly kind?: 'boolean' | 'json'
}

/** Where a view comes from. */
export interface MetricViewDefinition {
  readonly table: string
  /** The column that times compare with. */
  readonly time: string
  /** What always holds. */
  readonly where: string
  readonly dimensions: ReadonlyMap<string, MetricColumn>
  readonly measures: ReadonlyMap<string, MetricColumn>
}

const column = (name: keyof typeof OBSERVATION_COLUMNS): string => OBSERVATION_COLUMNS[name].sql
const orNull = (sql: string): MetricColumn => ({ sql: `nullif(${sql}, '')` })
const millis = (from: string, to: string): MetricColumn => ({ sql: `${to} - ${from}` })
const FIRST_TOKEN = "(details ->> '$.completionStartMillis')"

// Names are those of Langfuse's data model of metrics, version 2; latencies are in milliseconds there.
const OBSERVATIONS: MetricViewDefinition = {
  table: 'observations',
  time: 'start_millis',
  where: 'TRUE',
  dimensions: new Map<string, MetricColumn>([
    ...(['id', 'traceId', 'type', 'name', 'level'] as const).map((name) => [name, { sql: column(name) }] as const),
    ...(['environment', 'parentObservationId', 'version', 'userId', 'sessionId', 'release', 'traceName'] as const).map(
      (name) => [name, orNull(column(name))] as const,
    ),
    ...(['promptName', 'experimentId', 'experimentName', 'experimentDatasetId'] as const).map(
      (name) => [name, orNull(column(name))] as const,
    ),
    ['traceRelease', orNull(column('release'))],
    ['traceVersion', orNull(column('version'))],
    ['providedModelName', orNull(column('model'))],
    ['promptVersion', { sql: column('promptVersion') }],
    ['isRootObservation', { sql: 'is_root', kind: 'boolean' }],
    ['tags', { sql: 'tags', kind: 'json' }],
    ['startTimeMonth', { sql: "strftime('%Y-%m', start_millis / 1000, 'unixepoch')" }],
  ]),
  measures: new Map<string, MetricColumn>([
    ['count', { sql: '1' }],
    ['traceId', { sql: 'trace_id' }],
    ['uniqueUserIds', orNull('user_id')],
    ['uniqueSessionIds', orNull('session_id')],
    ['latency', millis('start_millis', 'end_millis')],
    ['streamingLatency', millis(FIRST_TOKEN, 'end_millis')],
    ['timeToFirstToken', millis('start_millis', FIRST_TOKEN)],
    ...(['inputTokens', 'outputTokens', 'totalTokens', 'inputCost', 'outputCost', 'totalCost'] as const).map(
      (name) => [name, { sql: column(name) }] as const,
    ),
    ['tokensPerSecond', { sql: `${column('totalTokens')} / nullif((end_millis - start_millis) / 1000.0, 0)` }],
    ['outputTokensPerSecond', { sql: `${column('outputTokens')} / nullif((end_millis - ${FIRST_TOKEN}) / 1000.0, 0)` }],
    ['toolDefinitions', { sql: `nullif(${column('toolDefinitions')}, 0)` }],
    ['toolCalls', { sql: `nullif(${column('toolCalls')}, 0)` }],
  ]),
}

function scores(dataType: string, ofValue: readonly (readonly [string, MetricColumn])[]): MetricViewDefinition {
  const [value] = ofValue
  const isCategorical = dataType === 'CATEGORICAL'
  return {
    table: 'scores',
    time: 'timestamp_millis',
    where: `data_type = '${dataType}'`,
    dimensions: new Map<string, MetricColumn>([
      ...[['id'], ['name'], ['source'], ['environment']].map(([name = '']) => [name, { sql: name }] as const),
      ['dataType', { sql: 'data_type' }],
      ['traceId', { sql: 'trace_id' }],
      ['observationId', { sql: 'observation_id' }],
      ['sessionId', { sql: 'session_id' }],
      ['configId', { sql: 'config_id' }],
      ...(value === undefined ? [] : [value]),
    ]),
    measures: new Map<string, MetricColumn>([
      ['count', { sql: '1' }],
      ...(isCategorical ? [] : [['value', { sql: 'value' }] as const]),
    ]),
  }
}

/** What the views are made of. Expressions are constants of this file: nothing from a request becomes SQL. */
export const METRIC_VIEWS: Readonly<Record<MetricView, MetricViewDefinition>> = {
  observations: OBSERVATIONS,
  'scores-numeric': scores('NUMERIC', [['value', { sql: 'value' }]]),
  'scores-boolean': scores('BOOLEAN', [['booleanValue', { sql: 'value', kind: 'boolean' }]]),
  'scores-categorical': scores('CATEGORICAL', [['stringValue', { sql: 'string_value' }]]),
}
