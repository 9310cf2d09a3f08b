import type { MetricDimension, MetricMeasure, MetricView } from './metric-view.js'

const text = (sql: string): MetricDimension => ({ sql, type: 'string' })
const orNull = (sql: string): MetricDimension => ({ sql, type: 'string', emptyIsNull: true })
const ofTrace = (dimension: MetricDimension): MetricDimension => ({ ...dimension, join: 'trace' })
const detail = (path: string): string => `(o.details ->> '$.${path}')`
const sumOf = (field: string, part: string): string =>
  `(SELECT coalesce(sum(value), 0) FROM json_each(o.details, '$.${field}') WHERE key LIKE '%${part}%')`
const PROMPT_VERSION = detail('promptVersion')
const FIRST_TOKEN = detail('completionStartMillis')
const TOTAL_TOKENS = `coalesce(${detail('usageDetails.total')}, 0)`
const SCORES =
  'FROM scores WHERE scores.trace_id = o.trace_id AND observation_id = o.id AND timestamp_millis >= ?1 AND timestamp_millis <= ?2'

const integer = (sql: string): MetricMeasure => ({ sql, type: 'integer' })
const decimal = (sql: string): MetricMeasure => ({ sql, type: 'decimal' })
const nullable = (measure: MetricMeasure): MetricMeasure => ({ ...measure, isNullable: true })
const millis = (from: string, to: string): MetricMeasure => nullable(integer(`${to} - ${from}`))
// Langfuse counts how often a second ends between the two.
const rate = (count: string, from: string): MetricMeasure =>
  nullable(decimal(`${count} * 1.0 / nullif(o.end_millis / 1000 - ${from} / 1000, 0)`))

/** The view `observations` of version 3. Names are those of Langfuse's data model of metrics, version 1, without tools, which are not kept. */
export const LEGACY_OBSERVATION_METRICS: MetricView = {
  table: 'legacy_observations AS o',
  time: { sql: 'o.start_millis', name: 'start_time' },
  metadata: 'o.metadata',
  where: 'TRUE',
  joins: {
    trace: 'JOIN legacy_traces AS t ON t.id = o.trace_id AND t.timestamp_millis >= ?1 AND t.timestamp_millis <= ?2',
  },
  dimensions: new Map<string, MetricDimension>([
    ['id', text('o.id')],
    ['traceId', text('o.trace_id')],
    ['traceName', ofTrace(orNull('t.name'))],
    ['environment', text('o.environment')],
    ['parentObservationId', orNull('o.parent_id')],
    ['type', text('o.type')],
    ['name', text('o.name')],
    ['level', text('o.level')],
    ['version', orNull('o.version')],
    ['tags', ofTrace({ sql: 't.tags', type: 'array' })],
    ['providedModelName', orNull(`coalesce(${detail('model')}, '')`)],
    ['promptName', orNull(`coalesce(${detail('promptName')}, '')`)],
    ['promptVersion', { ...text(PROMPT_VERSION), filterSql: `CAST(${PROMPT_VERSION} AS TEXT)`, isNullable: true }],
    ['userId', ofTrace(orNull('t.user_id'))],
    ['sessionId', ofTrace(orNull('t.session_id'))],
    ['traceRelease', ofTrace(orNull('t.release'))],
    ['traceVersion', ofTrace(orNull('t.version'))],
    ['startTimeMonth', text("strftime('%Y-%m', o.start_millis / 1000.0, 'unixepoch')")],
  ]),
  measures: new Map<string, MetricMeasure>([
    ['count', integer('1')],
    ['latency', millis('o.start_millis', 'o.end_millis')],
    ['streamingLatency', millis(FIRST_TOKEN, 'o.end_millis')],
    ['inputTokens', integer(sumOf('usageDetails', 'input'))],
    ['outputTokens', integer(sumOf('usageDetails', 'output'))],
    ['totalTokens', integer(TOTAL_TOKENS)],
    ['outputTokensPerSecond', rate(sumOf('usageDetails', 'output'), FIRST_TOKEN)],
    ['tokensPerSecond', rate(TOTAL_TOKENS, 'o.start_millis')],
    ['inputCost', decimal(sumOf('costDetails', 'input'))],
    ['outputCost', decimal(sumOf('costDetails', 'output'))],
    ['totalCost', nullable(decimal(detail('costDetails.total')))],
    ['timeToFirstToken', millis('o.start_millis', FIRST_TOKEN)],
    ['countScores', { ...integer(`(SELECT count(*) ${SCORES})`), where: `EXISTS (SELECT 1 ${SCORES})` }],
  ]),
}
