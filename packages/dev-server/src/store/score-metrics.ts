import type { MetricDimension, MetricMeasure, MetricView } from './metric-view.js'

const text = (sql: string): MetricDimension => ({ sql, type: 'string' })
const orNull = (sql: string): MetricDimension => ({ sql, type: 'string', emptyIsNull: true })
const many = (dimension: MetricDimension): MetricDimension => ({ ...dimension, isHighCardinality: true })
const detail = (table: string, path: string): string => `coalesce(${table}.details ->> '$.${path}', '')`
const IN_TIME = 'start_millis >= ?1 AND start_millis <= ?2'

/** What scores are about: their own session and run, their trace and observation. */
export interface ScoreRelations {
  readonly joins: MetricView['joins']
  readonly dimensions: readonly (readonly [string, MetricDimension])[]
}

/** What scores are about in Langfuse 4. Names are those of its data model of metrics, version 2. */
export const SCORE_RELATIONS: ScoreRelations = {
  joins: {
    // Of several spans without a parent the first stands for the trace.
    trace: `JOIN observations AS trace ON trace.rowid = (SELECT rowid FROM observations
      WHERE trace_id = scores.trace_id AND parent_id = '' AND ${IN_TIME} ORDER BY start_millis, id LIMIT 1)`,
    observation: `JOIN observations AS observation ON observation.trace_id = scores.trace_id
      AND observation.id = scores.observation_id AND observation.start_millis >= ?1 AND observation.start_millis <= ?2`,
  },
  dimensions: [
    ['sessionId', many(text('scores.session_id'))],
    ['datasetRunId', many(orNull("coalesce(scores.dataset_run_id, '')"))],
    ...joined('trace', [
      ['traceName', { ...text('trace.trace_name'), isNullable: true }],
      ['userId', many(orNull('trace.user_id'))],
      ['tags', { sql: 'trace.tags', type: 'array' }],
      ['traceRelease', orNull(detail('trace', 'release'))],
      ['traceVersion', orNull(detail('trace', 'version'))],
    ]),
    ...joined('observation', [
      ['observationName', text('observation.name')],
      ['observationModelName', orNull(detail('observation', 'model'))],
      ['observationPromptName', orNull(detail('observation', 'promptName'))],
      [
        'observationPromptVersion',
        {
          ...text("(observation.details ->> '$.promptVersion')"),
          isNullable: true,
          filterSql: "CAST(observation.details ->> '$.promptVersion' AS TEXT)",
        },
      ],
      ['experimentName', many(orNull(detail('observation', 'experiment.name')))],
      ['experimentId', many(orNull('observation.experiment_id'))],
    ]),
  ],
}

/** What scores of all types have. */
const DIMENSIONS: readonly (readonly [string, MetricDimension])[] = [
  ['id', many(text('scores.id'))],
  ['environment', text('scores.environment')],
  ['name', text('scores.name')],
  // The older name is that of an evaluator before it had an id of its own.
  [
    'evaluatorId',
    many(
      text(
        "coalesce(nullif(scores.metadata ->> '$.evaluator_id', ''), scores.metadata ->> '$.job_configuration_id', '')",
      ),
    ),
  ],
  ['source', text('scores.source')],
  ['dataType', text('scores.data_type')],
  ['traceId', many(text('scores.trace_id'))],
  ['configId', { ...text('scores.config_id'), isNullable: true }],
  ['timestampMonth', text("strftime('%Y-%m', scores.timestamp_millis / 1000, 'unixepoch')")],
  ['timestampDay', text("strftime('%Y-%m-%d', scores.timestamp_millis / 1000, 'unixepoch')")],
  ['observationId', many(text('scores.observation_id'))],
]

/**
 * Dimensions that need a join.
 *
 * @param join Which.
 * @param dimensions The dimensions, by name.
 * @returns The same with the join.
 */
export function joined(
  join: string,
  dimensions: readonly (readonly [string, MetricDimension])[],
): readonly (readonly [string, MetricDimension])[] {
  return dimensions.map(([name, dimension]) => [name, { ...dimension, join }] as const)
}

/**
 * A view of scores.
 *
 * @param dataTypes The types of score it has.
 * @param value The dimension that their value is, by name.
 * @param relations What they are about.
 * @returns The view; where the value is a number it is a measure as well.
 */
export function scoreMetrics(
  dataTypes: readonly string[],
  value: readonly [name: string, dimension: MetricDimension],
  relations: ScoreRelations,
): MetricView {
  const isNumber = value[1].type !== 'string'
  return {
    table: 'scores',
    time: { sql: 'scores.timestamp_millis', name: 'timestamp' },
    metadata: 'scores.metadata',
    where: `scores.data_type IN (${dataTypes.map((type) => `'${type}'`).join(', ')})`,
    joins: relations.joins,
    dimensions: new Map([...relations.dimensions, ...DIMENSIONS, value]),
    measures: new Map<string, MetricMeasure>([
      ['count', { sql: '1', type: 'integer' }],
      ...(isNumber ? [['value', { sql: 'scores.value', type: 'number' }] as const] : []),
    ]),
  }
}
