import type { Db } from './db.js'
import { metricOrder } from './metric-order.js'
import type { MetricQuery, MetricRow } from './metric-query.js'
import { fromMetricRecord } from './metric-record.js'
import { readRows } from './read-rows.js'
import { isCalculatedHere, metricName, selectMetrics } from './select-metrics.js'

/**
 * Reads the groups a query asks for.
 *
 * @param db The connection.
 * @param query Which figures.
 * @returns At most `query.limit` groups, in the order that is asked for.
 */
export function readMetrics(db: Db, query: MetricQuery): MetricRow[] {
  const calculated = query.metrics.filter(({ aggregation }) => isCalculatedHere(aggregation)).map(metricName)
  if (!query.orderBy.some(({ field }) => calculated.includes(field))) {
    return readRows(db, selectMetrics(query)).map((row) => fromMetricRecord(row, query))
  }
  // What the engine does not know it cannot sort by: all groups come here, and the first are taken here.
  const groupedBy = query.dimensions.length + (query.granularity === undefined ? 0 : 1)
  const groups = readRows(db, selectMetrics({ ...query, orderBy: [], limit: -1 })).map((row) => ({
    // Columns of the views are texts and numbers.
    group: row.slice(0, groupedBy) as (string | number | null)[],
    row: fromMetricRecord(row, query),
  }))
  return groups
    .sort(metricOrder(query))
    .slice(0, query.limit)
    .map(({ row }) => row)
}
