import type { StoredRow, StoredRows } from './stored-rows.fixture.js'

/** A condition of the `filter` parameter. */
export interface Condition {
  type: string
  column: string
  operator: string
  key?: string
  value: unknown
}

// The columns that the tests filter by, with the types of condition that 4.16 takes for them.
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  traceId: ['string', 'stringOptions'],
  isRootObservation: ['boolean'],
  startTime: ['datetime'],
  traceName: ['string', 'stringOptions'],
  environment: ['string', 'stringOptions'],
  traceTags: ['arrayOptions'],
  metadata: ['stringObject'],
  latency: ['number'],
  level: ['string', 'stringOptions'],
}

/** Refuses a column or type that 4.16 refuses. @throws {Error} With the message of the 400. */
export function checkCondition({ column, type }: Condition, stored: StoredRows): void {
  const allowed =
    COLUMNS[column] ??
    (['userId', 'sessionId', 'release', 'version', 'name', 'type'].includes(column)
      ? ['string', 'stringOptions']
      : undefined)
  if (allowed === undefined) throw new Error(`Column ${column} does not match a UI / CH table mapping.`)
  const refused = stored.refusesTraceIdLists === true && column === 'traceId' && type === 'stringOptions'
  if (!allowed.includes(type) || refused) throw new Error(`Invalid filter type '${type}' for column '${column}'.`)
}

/** Tells whether a row meets a condition. */
export function holds(row: StoredRow, condition: Condition): boolean {
  const stored = storedValue(row, condition)
  const { operator, value } = condition
  // The casts below follow from the column's type, which was checked: lists for `any of` and `all of`, of which tags are one.
  switch (operator) {
    case 'any of':
      return (value as unknown[]).includes(stored)
    case 'all of':
      return (value as unknown[]).every((tag) => (stored as unknown[]).includes(tag))
    case '=':
      return stored === value
    case '>':
      return amountOf(stored) > amountOf(value)
    case '>=':
      return amountOf(stored) >= amountOf(value)
    case '<':
      return amountOf(stored) < amountOf(value)
    default:
      throw new Error(`Unsupported operator: ${operator}`)
  }
}

function storedValue(row: StoredRow, { column, key }: Condition): unknown {
  if (column === 'traceTags') return row.tags ?? []
  return column === 'metadata' ? metadataText(row, key ?? '') : (row[column] ?? '')
}

// A number, or a time in milliseconds.
function amountOf(value: unknown): number {
  return typeof value === 'number' ? value : Date.parse(String(value))
}

// Stored as text; JSON-parsed on reading.
function metadataText(row: StoredRow, key: string): string | undefined {
  // The tests write objects there, as the wire has them.
  const value = (row.metadata as Record<string, unknown> | undefined)?.[key]
  return value === undefined ? undefined : typeof value === 'string' ? value : JSON.stringify(value)
}
