import type { MetricDimension, MetricMeasure, MetricView } from './metric-view.js'
import { OBSERVATION_COLUMNS } from './observation-columns.js'

const column = (name: keyof typeof OBSERVATION_COLUMNS): string => OBSERVATION_COLUMNS[name].sql
const text = (sql: string): MetricDimension => ({ sql, type: 'string' })
const orNull = (sql: string): MetricDimension => ({ sql, type: 'string', emptyIsNull: true })
const many = (dimension: MetricDimension): MetricDimension => ({ ...dimension, isHighCardinality: true })
const PROMPT_VERSION = column('promptVersion')
const FIRST_TOKEN = "(details ->> '$.completionStartMillis')"
const SCORES =
  'FROM scores WHERE scores.trace_id = observations.trace_id AND observation_id = observations.id AND timestamp_millis >= ?1 AND timestamp_millis <= ?2'

const integer = (sql: string): MetricMeasure => ({ sql, type: 'integer' })
const decimal = (sql: string): MetricMeasure => ({ sql, type: 'decimal' })
const nullable = (measure: MetricMeasure): MetricMeasure => ({ ...measure, isNullable: true })
const millis = (from: string, to: string): MetricMeasure => nullable(integer(`${to} - ${from}`))
// Langfuse counts how often a second ends between the two.
const rate = (count: string, from: string, to: string): MetricMeasure =>
  nullable(decimal(`${count} * 1.0 / nullif(${to} / 1000 - ${from} / 1000, 0)`))
const TOTAL_TOKENS = `coalesce(${column('totalTokens')}, 0)`

/** The view `observations`. Names are those of Langfuse's data model of metrics, version 2; latencies are in milliseconds there. */
export const OBSERVATION_METRICS: MetricView = {
  table: 'observations',
  time: { sql: 'start_millis', name: 'start_time' },
  metadata: 'metadata',
  where: 'TRUE',
  joins: {
    offered: "JOIN json_each(details, '$.offeredTools') AS offered",
    called: "JOIN json_each(details, '$.calledTools') AS called",
    cost: "JOIN json_each(details, '$.costDetails') AS cost",
    usage: "JOIN json_each(details, '$.usageDetails') AS usage",
  },
  dimensions: new Map<string, MetricDimension>([
    // A join brings an id and a type of its own.
    ['id', many(text('observations.id'))],
    ['traceId', many(text('trace_id'))],
    ['environment', orNull('environment')],
    ['parentObservationId', many(orNull('parent_id'))],
    ['isRootObservation', { sql: 'is_root', type: 'boolean' }],
    ['type', text('observations.type')],
    ['name', text('name')],
    ['level', text('level')],
    ['version', orNull(column('version'))],
    ['userId', many(orNull('user_id'))],
    ['sessionId', many(orNull('session_id'))],
    ['tags', { sql: 'tags', type: 'array' }],
    ['release', orNull(column('release'))],
    ['traceName', { ...text('trace_name'), isNullable: true }],
    ['traceRelease', orNull(column('release'))],
    ['traceVersion', orNull(column('version'))],
    ['providedModelName', orNull(column('model'))],
    ['promptName', orNull(column('promptName'))],
    ['promptVersion', { ...text(PROMPT_VERSION), filterSql: `CAST(${PROMPT_VERSION} AS TEXT)`, isNullable: true }],
    ['startTimeMonth', text("strftime('%Y-%m', start_millis / 1000, 'unixepoch')")],
    ['toolNames', eachOf('offered', column('toolNames'))],
    ['calledToolNames', eachOf('called', column('calledToolNames'))],
    ['costType', { ...text('cost.key'), join: 'cost', isPair: true }],
    ['usageType', { ...text('usage.key'), join: 'usage', isPair: true }],
    ['experimentName', many(orNull(column('experimentName')))],
    ['experimentDatasetId', many(orNull(column('experimentDatasetId')))],
    ['experimentId', many(orNull('experiment_id'))],
  ]),
  measures: new Map<string, MetricMeasure>([
    ['count', integer('1')],
    ['traceId', { sql: 'trace_id', type: 'string' }],
    ['uniqueUserIds', { sql: "nullif(user_id, '')", type: 'string' }],
    ['uniqueSessionIds', { sql: "nullif(session_id, '')", type: 'string' }],
    ['latency', millis('start_millis', 'end_millis')],
    ['streamingLatency', millis(FIRST_TOKEN, 'end_millis')],
    ['inputTokens', integer(column('inputTokens'))],
    ['outputTokens', integer(column('outputTokens'))],
    ['totalTokens', integer(TOTAL_TOKENS)],
    ['outputTokensPerSecond', rate(column('outputTokens'), FIRST_TOKEN, 'end_millis')],
    ['tokensPerSecond', rate(TOTAL_TOKENS, 'start_millis', 'end_millis')],
    ['inputCost', decimal(column('inputCost'))],
    ['outputCost', decimal(column('outputCost'))],
    ['totalCost', nullable(decimal(`coalesce(${column('totalCost')}, 0)`))],
    ['timeToFirstToken', millis('start_millis', FIRST_TOKEN)],
    ['countScores', { ...integer(`(SELECT count(*) ${SCORES})`), where: `EXISTS (SELECT 1 ${SCORES})` }],
    ['toolDefinitions', nullable(integer(`nullif(${column('toolDefinitions')}, 0)`))],
    ['toolCalls', nullable(integer(`nullif(${column('toolCalls')}, 0)`))],
    ['costByType', { ...decimal('cost.value'), ofDimension: 'costType' }],
    ['usageByType', { ...integer('usage.value'), ofDimension: 'usageType' }],
  ]),
}

function eachOf(join: string, filterSql: string): MetricDimension {
  return { sql: `${join}.value`, type: 'array', join, filterSql, isEach: true }
}
