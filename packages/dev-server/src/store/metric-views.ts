import { LEGACY_OBSERVATION_METRICS } from './legacy-observation-metrics.js'
import { LEGACY_SCORE_RELATIONS } from './legacy-score-relations.js'
import { LEGACY_TRACE_METRICS } from './legacy-trace-metrics.js'
import type { MetricViewName } from './metric-query.js'
import type { MetricDimension, MetricView } from './metric-view.js'
import { OBSERVATION_METRICS } from './observation-metrics.js'
import { SCORE_RELATIONS, type ScoreRelations, scoreMetrics } from './score-metrics.js'

/** What the views are made of. Expressions are constants: nothing from a request becomes SQL. */
export const METRIC_VIEWS: Readonly<Record<MetricViewName, MetricView>> = {
  observations: OBSERVATION_METRICS,
  'scores-numeric': numericScores(SCORE_RELATIONS),
  'scores-boolean': booleanScores(SCORE_RELATIONS),
  'scores-categorical': categoricalScores(SCORE_RELATIONS),
  'legacy-traces': LEGACY_TRACE_METRICS,
  'legacy-observations': LEGACY_OBSERVATION_METRICS,
  'legacy-scores-numeric': numericScores(LEGACY_SCORE_RELATIONS),
  'legacy-scores-boolean': booleanScores(LEGACY_SCORE_RELATIONS),
  'legacy-scores-categorical': categoricalScores(LEGACY_SCORE_RELATIONS),
}

/** Booleans are numbers too. */
function numericScores(relations: ScoreRelations): MetricView {
  return scoreMetrics(['NUMERIC', 'BOOLEAN'], ['value', { sql: 'scores.value', type: 'number' }], relations)
}

function booleanScores(relations: ScoreRelations): MetricView {
  return scoreMetrics(['BOOLEAN'], ['booleanValue', { sql: 'scores.value', type: 'boolean' }], relations)
}

function categoricalScores(relations: ScoreRelations): MetricView {
  const value: MetricDimension = { sql: 'scores.string_value', type: 'string', isNullable: true }
  return scoreMetrics(['CATEGORICAL'], ['stringValue', value], relations)
}
