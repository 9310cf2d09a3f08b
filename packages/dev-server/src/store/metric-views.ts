import type { MetricViewName } from './metric-query.js'
import type { MetricView } from './metric-view.js'
import { OBSERVATION_METRICS } from './observation-metrics.js'
import { scoreMetrics } from './score-metrics.js'

/** What the views are made of. Expressions are constants: nothing from a request becomes SQL. */
export const METRIC_VIEWS: Readonly<Record<MetricViewName, MetricView>> = {
  observations: OBSERVATION_METRICS,
  // Booleans are numbers too.
  'scores-numeric': scoreMetrics(['NUMERIC', 'BOOLEAN'], ['value', { sql: 'scores.value', type: 'number' }]),
  'scores-boolean': scoreMetrics(['BOOLEAN'], ['booleanValue', { sql: 'scores.value', type: 'boolean' }]),
  'scores-categorical': scoreMetrics(
    ['CATEGORICAL'],
    ['stringValue', { sql: 'scores.string_value', type: 'string', isNullable: true }],
  ),
}
