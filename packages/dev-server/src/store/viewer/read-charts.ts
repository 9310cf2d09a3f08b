import type { Db } from '../db.js'
import { readRows } from '../read-rows.js'
import type { ChartQuery, Charts } from './chart.js'
import { type ChartWindow, chartWindow } from './chart-source.js'
import { type ChartGroup, drawCharts } from './draw-charts.js'
import { BIN_GROWTH } from './duration-histogram.js'
import { readScoreGroups } from './read-score-groups.js'
import type { TimeBuckets } from './time-buckets.js'

/**
 * Reads what the charts show.
 *
 * @param db The connection.
 * @param query Which charts.
 * @returns The charts.
 */
export function readCharts(db: Db, query: ChartQuery): Charts {
  const window = chartWindow(db, query)
  if (window === undefined) return drawCharts(query, undefined)
  const { fromMillis, toMillis, isPartial } = window
  return drawCharts(query, {
    ...{ fromMillis, toMillis, isPartial },
    readGroups: (buckets) => readGroups(db, window, buckets),
    readScoreGroups: (buckets) => readScoreGroups(db, { by: query.by, window, buckets }),
  })
}

/** Durations are counted in bins by the engine: bringing every row here would take several times as long. */
function readGroups(db: Db, window: ChartWindow, { fromMillis, bucketMillis }: TimeBuckets): ChartGroup[] {
  const sql = `SELECT name, CAST((start_millis - ?3) / ?4 AS INTEGER), CAST(ln(max(duration, 1)) / ${Math.log(BIN_GROWTH)} AS INTEGER),
      count(*), total(duration), sum(failed), total(tokens), total(cost) FROM ${window.sql} GROUP BY 1, 2, 3`
  return readRows(db, { sql, values: [window.fromMillis, window.toMillis, fromMillis, bucketMillis] }).map((row) => ({
    name: String(row[0]),
    bucket: Number(row[1]),
    bin: Number(row[2]),
    count: Number(row[3]),
    durationMillis: Number(row[4]),
    failed: Number(row[5]),
    tokens: Number(row[6]),
    cost: Number(row[7]),
  }))
}
