import type { ObservationColumn } from '../store/observation-columns.js'
import type { FilterColumn, FilterColumnType } from './filter-columns.js'

type Row = readonly [id: string, type: FilterColumnType, column: ObservationColumn]

/** What `filter` of `GET /api/public/traces` can name. */
export const LEGACY_TRACE_FILTER: ReadonlyMap<string, FilterColumn> = columns([
  ['id', 'stringOptions', 'id'],
  ['timestamp', 'datetime', 'startTime'],
  ['name', 'stringOptions', 'name'],
  ['userId', 'stringOptions', 'userId'],
  ['sessionId', 'stringOptions', 'sessionId'],
  ['environment', 'stringOptions', 'environment'],
  ['version', 'stringOptions', 'version'],
  ['release', 'stringOptions', 'release'],
  ['tags', 'arrayOptions', 'tags'],
  ['metadata', 'stringObject', 'metadata'],
  ['latency', 'number', 'latency'],
  ['totalCost', 'number', 'totalCost'],
])

/** What `filter` of `GET /api/public/observations` can name. */
export const LEGACY_OBSERVATION_FILTER: ReadonlyMap<string, FilterColumn> = columns([
  ['id', 'stringOptions', 'id'],
  ['traceId', 'string', 'traceId'],
  ['type', 'stringOptions', 'type'],
  ['name', 'stringOptions', 'name'],
  ['level', 'stringOptions', 'level'],
  ['environment', 'stringOptions', 'environment'],
  ['version', 'string', 'version'],
  ['userId', 'string', 'userId'],
  ['model', 'stringOptions', 'model'],
  ['parentObservationId', 'string', 'parentObservationId'],
  ['startTime', 'datetime', 'startTime'],
  ['endTime', 'datetime', 'endTime'],
  ['metadata', 'stringObject', 'metadata'],
  ['latency', 'number', 'latency'],
  ['totalCost', 'number', 'totalCost'],
])

function columns(rows: readonly Row[]): ReadonlyMap<string, FilterColumn> {
  return new Map(rows.map(([id, type, column]) => [id, { column, type }]))
}
