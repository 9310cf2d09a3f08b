import type { MetricQuery } from '../store/metric-query.js'
import type { MetricView } from '../store/metric-view.js'

/**
 * What keeps a query for metrics from being answered because it groups by what is different in nearly every row: that is only
 * allowed for so many groups with the highest figures.
 *
 * @param query The query.
 * @param view Its view.
 * @param hasRowLimit Whether it says itself how many groups to show.
 * @returns The reason, in Langfuse's words; undefined when nothing does.
 */
export function highCardinalityProblem(
  { dimensions, granularity, metrics, orderBy }: MetricQuery,
  view: MetricView,
  hasRowLimit: boolean,
): string | undefined {
  const many = dimensions.filter((name) => view.dimensions.get(name)?.isHighCardinality === true)
  if (many.length === 0) return undefined
  const subject = `High cardinality dimension(s) '${many.join(', ')}'`
  if (granularity !== undefined) {
    return `${subject} cannot be used with timeDimension. Time series queries with high cardinality dimensions produce unbounded result sets.`
  }
  const descending = orderBy.filter(({ direction }) => direction === 'desc').map(({ field }) => field)
  if (!hasRowLimit || descending.length === 0) {
    return `${subject} require both 'config.row_limit' and 'orderBy' with direction 'desc' on a measure field.`
  }
  const others = descending.filter(
    (field) => !metrics.some(({ measure }) => field === measure || field.endsWith(`_${measure}`)),
  )
  if (others.length === 0) return undefined
  const verb = others.length === 1 ? 'is' : 'are'
  return `${subject} require 'orderBy' with direction 'desc' on a measure field. '${others.join(', ')}' ${verb} not a measure in this query.`
}
