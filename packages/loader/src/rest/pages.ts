import { LoaderError } from '../loader-error.js'
import { type Page, readPage } from '../wire/page.js'
import type { Purpose } from './answer-error.js'
import type { PageSize } from './page-size.js'
import { readAnswer } from './read-answer.js'
import type { CallContext, RestClient } from './rest-client.js'

/** A list to be read page by page. */
export interface PagedList<Row> {
  readonly path: string
  /** Parameters without the cursor and the limit. */
  readonly query: Readonly<Record<string, string>>
  /** Most rows a page. */
  readonly limit: number
  /** Rows a page, as far as the server can bear them. */
  readonly size: PageSize
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
    const purpose = list.purpose(number)
    const body = await getPage(rest, list, cursor, purpose, call)
    const page: Page<Row> = readAnswer(purpose, list.path, () => readPage(body, list.readRow))
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

// Cursors name a row and not a page, so a page that was too large can be asked for again in smaller parts.
async function getPage<Row>(
  rest: RestClient,
  list: PagedList<Row>,
  cursor: string | null,
  purpose: Purpose,
  call: CallContext,
): Promise<unknown> {
  for (;;) {
    const asked = Math.min(list.limit, list.size.rows())
    const query = new URLSearchParams({ ...list.query, limit: String(asked) })
    if (cursor !== null) query.set('cursor', cursor)
    try {
      return await rest.get(list.path, query, purpose, {
        ...call,
        onBytes: (bytes) => list.size.onAnswer(bytes, asked),
      })
    } catch (error) {
      if (!list.size.onFailure(error, asked)) throw error
    }
  }
}

function endlessPages(purpose: Purpose, path: string): LoaderError {
  const message = `Cannot ${purpose.task}: ${purpose.subject} points back to rows that were read: the server's pages have no end`
  return new LoaderError('invalid_response', message, { path, status: 200 })
}
