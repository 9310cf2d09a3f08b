import { LoaderError } from '../loader-error.js'

/** A table of a library that hands out records: polars has `toRecords`, arquero `objects`. */
export type RecordTable = { toRecords(): Iterable<unknown> } | { objects(): Iterable<unknown> }

/** Rows, and whether they come from a table library, whose cells have types of their own. */
export interface Rows {
  readonly rows: Iterable<unknown>
  readonly isTable: boolean
}

/**
 * Finds the rows of whatever holds records: an array or another iterable, an Arrow table, an arquero or polars frame. Told by what they can
 * do, so that none of these libraries is needed here.
 *
 * @param source - What was passed for rows.
 * @returns The rows.
 * @throws {LoaderError} `invalid_dataset` if it holds none.
 */
export function rowsOf(source: unknown): Rows {
  // Text is iterable too, letter by letter.
  if (typeof source !== 'object' || source === null) throw noRows(source === null ? 'null' : describe(source))
  // Asked for and not looked for with `in`: a polars frame is a proxy that says so of its columns alone.
  const methods: { readonly toRecords?: unknown; readonly objects?: unknown } = source
  // Polars: iterating a frame gives its columns.
  if (typeof methods.toRecords === 'function') return table(methods.toRecords())
  // Arquero: iterating a table gives rows whose columns are hidden on the prototype.
  if (typeof methods.objects === 'function') return table(methods.objects())
  if (isIterable(source)) return { rows: source, isTable: 'schema' in source && 'numRows' in source }
  if (Symbol.asyncIterator in source) throw noRows('asynchronous: use Dataset.fromAsyncRecords, or read it first')
  throw noRows('no iterable')
}

function table(records: unknown): Rows {
  if (typeof records === 'object' && records !== null && isIterable(records)) return { rows: records, isTable: true }
  throw noRows('a table that gives no records')
}

function isIterable(value: object): value is Iterable<unknown> {
  return Symbol.iterator in value
}

function describe(value: unknown): string {
  return value === undefined ? 'undefined' : `a ${typeof value}`
}

function noRows(found: string): LoaderError {
  const message = `Cannot read dataset: rows is ${found}: expected an array or another iterable of records`
  return new LoaderError('invalid_dataset', message, { path: 'rows' })
}
