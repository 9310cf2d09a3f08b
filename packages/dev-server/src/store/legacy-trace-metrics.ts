import type { MetricDimension, MetricMeasure, MetricView } from './metric-view.js'

const text = (sql: string): MetricDimension => ({ sql, type: 'string' })
const orNull = (sql: string): MetricDimension => ({ sql, type: 'string', emptyIsNull: true })
const OBSERVATIONS =
  'FROM legacy_observations AS o WHERE o.trace_id = t.id AND o.start_millis >= ?1 AND o.start_millis <= ?2'
const SCORES = 'FROM scores WHERE scores.trace_id = t.id AND timestamp_millis >= ?1 AND timestamp_millis <= ?2'

/** A figure of what belongs to a trace; a trace to which nothing belongs does not count then. */
const ofAll = (figure: string, from: string, type: MetricMeasure['type'] = 'integer'): MetricMeasure => ({
  ...{ sql: `(SELECT ${figure} ${from})`, type, where: `EXISTS (SELECT 1 ${from})` },
})

/** The view `traces`, which version 3 alone has. Names are those of Langfuse's data model of metrics, version 1. */
export const LEGACY_TRACE_METRICS: MetricView = {
  table: 'legacy_traces AS t',
  time: { sql: 't.timestamp_millis', name: 'timestamp' },
  metadata: 't.metadata',
  where: 'TRUE',
  joins: {},
  dimensions: new Map<string, MetricDimension>([
    ['id', text('t.id')],
    ['name', text('t.name')],
    ['tags', { sql: 't.tags', type: 'array' }],
    ['userId', orNull('t.user_id')],
    ['sessionId', orNull('t.session_id')],
    ['release', orNull('t.release')],
    ['version', orNull('t.version')],
    ['environment', text('t.environment')],
    ['timestampMonth', text("strftime('%Y-%m', t.timestamp_millis / 1000.0, 'unixepoch')")],
  ]),
  measures: new Map<string, MetricMeasure>([
    ['count', { sql: '1', type: 'integer' }],
    ['observationsCount', ofAll('count(*)', OBSERVATIONS)],
    ['scoresCount', ofAll('count(*)', SCORES)],
    // Each trace has one at most.
    ['uniqueUserIds', { sql: "(t.user_id <> '')", type: 'integer' }],
    ['uniqueSessionIds', { sql: "(t.session_id <> '')", type: 'integer' }],
    ['latency', { ...ofAll('max(o.end_millis) - min(o.start_millis)', OBSERVATIONS), isNullable: true }],
    ['totalTokens', ofAll("total(o.details ->> '$.usageDetails.total')", OBSERVATIONS)],
    ['totalCost', { ...ofAll("sum(o.details ->> '$.costDetails.total')", OBSERVATIONS, 'decimal'), isNullable: true }],
  ]),
}
