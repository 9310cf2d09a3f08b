import { createHash } from 'node:crypto'
import { project } from './observation-fields.fixture.js'
import { type Condition, checkCondition, holds } from './observation-filter.fixture.js'
import type { StoredRow, StoredRows } from './stored-rows.fixture.js'

/** The body of `GET /api/public/v2/observations`: newest first, in pages. @throws {Error} With the message of the 400. */
export function observationPage(query: URLSearchParams, stored: StoredRows): unknown {
  const limit = Number(query.get('limit') ?? 50)
  if (!(limit > 0 && limit <= 1000)) throw new Error('Too big: expected number to be <=1000')
  const groups = ['core', ...(query.get('fields') ?? 'core,basic').split(',')]
  // Written by the loader; what does not fit fails in the checks below.
  const conditions = JSON.parse(query.get('filter') ?? '[]') as Condition[]
  for (const condition of conditions) checkCondition(condition, stored)
  const traceId = query.get('traceId')
  const rows = (stored.observations ?? [])
    .filter((row) => traceId === null || row.traceId === traceId)
    .filter((row) => conditions.every((condition) => holds(row, condition)))
    .toSorted((a, b) => compare(orderKey(b), orderKey(a)))
  const cursor = query.get('cursor')
  const after = cursor === null ? undefined : Buffer.from(cursor, 'base64').toString()
  const rest = after === undefined ? rows : rows.filter((row) => compare(orderKey(row), after) < 0)
  const data = rest.slice(0, limit)
  const last = data.at(-1)
  const meta =
    rest.length > limit && last !== undefined ? { cursor: Buffer.from(orderKey(last)).toString('base64') } : {}
  return { data: data.map((row) => project(row, groups)), meta }
}

// Time, a hash of the trace id, id: rows of one trace stay together within a millisecond.
function orderKey(row: StoredRow): string {
  return `${row.startTime} ${createHash('md5').update(row.traceId).digest('hex').slice(0, 8)} ${row.id}`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
