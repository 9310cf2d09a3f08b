import { LoaderError } from '../loader-error.js'
import { type Page, readPage } from '../wire/page.js'
import type { Purpose } from './answer-error.js'
import type { CallContext, RestClient } from './rest-client.js'

/** A list to be read page by page. */
export interface PagedList<Row> {
  readonly path: string
  /** Parameters without the cursor. */
  readonly query: Readonly<Record<string, string>>
  /** Checks one row. */
  readonly readRow: (value: unknown, at: string) => Row
  /** What identifies a row, to notice a server that sends the same page for ever. */
  readonly keyOf: (row: Row) => string
  /** The purpose of page `n`, from 1. */
  readonly purpose: (page: number) => Purpose
}

/**
 * Reads a cursor-paged list.
 *
 * @param rest - The client.
 * @param list - What to read.
 * @param call - The caller's signal and counters.
 * @yields The rows of one page; never an empty page except as the only one.
 * @throws {LoaderError} Whatever the requests throw; `invalid_response` if a row is malformed or the pages do not come to an end.
 */
export async function* readPages<Row>(
  rest: RestClient,
  list: PagedList<Row>,
  call: CallContext,
): AsyncGenerator<readonly Row[]> {
  const seen = new Set<string>()
  let cursor: string | null = null
  let lastKey: string | undefined
  for (let number = 1; ; number++) {
    const query = new URLSearchParams(list.query)
    if (cursor !== null) query.set('cursor', cursor)
    const purpose = list.purpose(number)
    const page: Page<Row> = readPageFor(purpose, await rest.get(list.path, query, purpose, call), list)
    const key = page.rows.map(list.keyOf).at(-1)
    yield page.rows
    if (page.cursor === null) return
    // Each would loop for ever: a cursor seen before, and a page that does not get on although its cursor is new.
    if (seen.has(page.cursor) || key === undefined || key === lastKey) throw endlessPages(purpose, list.path)
    seen.add(page.cursor)
    cursor = page.cursor
    lastKey = key
  }
}

function readPageFor<Row>(purpose: Purpose, body: unknown, list: PagedList<Row>): Page<Row> {
  try {
    return readPage(body, list.readRow)
  } catch (error) {
    if (!(error instanceof LoaderError)) throw error
    // The readers know the field; only here is known which request it came from.
    const message = error.message.replace('Cannot read the answer', `Cannot ${purpose.task}: ${purpose.subject}`)
    const path = error.path ?? list.path
    const traceId = purpose.traceId === undefined ? {} : { traceId: purpose.traceId }
    throw new LoaderError(error.code, message, { path, status: 200, cause: error, ...traceId })
  }
}

function endlessPages(purpose: Purpose, path: string): LoaderError {
  const message = `Cannot ${purpose.task}: ${purpose.subject} points back to rows that were read: the server's pages have no end`
  return new LoaderError('invalid_response', message, { path, status: 200 })
}
