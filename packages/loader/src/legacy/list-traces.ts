import { LoaderError } from '../loader-error.js'
import type { TimeWindow } from '../options/time-window.js'
import type { LoadContext } from '../plan/load-context.js'
import type { Purpose } from '../rest/answer-error.js'
import { createPageSize } from '../rest/page-size.js'
import { readAnswer } from '../rest/read-answer.js'
import { type LegacyTrace, readLegacyTrace } from '../wire/legacy-trace.js'
import { readPage } from '../wire/page.js'

/** Largest page of the lists of Langfuse 3. */
export const MAX_LEGACY_ROWS_PER_PAGE = 100

/** Which rows of `GET /api/public/traces` to read. */
export interface LegacyTraceList {
  /** Parameters without time, page and limit. A name may stand there several times. */
  readonly parameters: readonly (readonly [name: string, value: string])[]
  readonly window: TimeWindow | undefined
  /** Most rows a page. */
  readonly limit: number
}

const PATH = '/api/public/traces'

/**
 * Reads the list of traces of Langfuse 3, newest first. The server counts pages, so a trace that is deleted between two of them
 * would pull others over their border unread: each page is asked for by time, up to where the one before it ended.
 *
 * @param context - Client and counters.
 * @param list - Which rows.
 * @yields The rows that are new, page by page.
 * @throws {LoaderError} Whatever the requests throw; `invalid_response` if the pages do not come to an end.
 */
export async function* listTraces(context: LoadContext, list: LegacyTraceList): AsyncGenerator<readonly LegacyTrace[]> {
  const size = createPageSize(MAX_LEGACY_ROWS_PER_PAGE)
  const seen = new Set<string>()
  let to = list.window?.to
  let page = 1
  for (let number = 1; ; number++) {
    const purpose: Purpose = { task: 'load traces', subject: `page ${number}` }
    const limit = Math.min(list.limit, size.rows())
    const rows = await getRows(context, list, { to, page, limit }, purpose, size.onAnswer).catch((error: unknown) => {
      if (size.onFailure(error, limit)) return undefined
      throw error
    })
    if (rows === undefined) {
      // Counted pages of another size begin elsewhere.
      page = 1
      continue
    }
    const fresh = rows.filter(({ id }) => !seen.has(id))
    for (const { id } of fresh) seen.add(id)
    if (fresh.length > 0) yield fresh
    const last = rows.at(-1)
    if (last === undefined || rows.length < limit) return
    const next = new Date(last.timestamp.getTime() + 1)
    // More rows of one millisecond than a page has: only there pages are counted.
    if (to !== undefined && next >= to) {
      if (fresh.length === 0 && page > 1) throw endlessPages(purpose)
      page += 1
    } else {
      to = next
      page = 1
    }
  }
}

interface Place {
  readonly to: Date | undefined
  readonly page: number
  readonly limit: number
}

async function getRows(
  context: LoadContext,
  list: LegacyTraceList,
  { to, page, limit }: Place,
  purpose: Purpose,
  onAnswer: (bytes: number, asked: number) => void,
): Promise<readonly LegacyTrace[]> {
  const query = new URLSearchParams()
  for (const [name, value] of list.parameters) query.append(name, value)
  query.set('orderBy', 'timestamp.desc')
  query.set('limit', String(limit))
  query.set('page', String(page))
  if (list.window !== undefined) query.set('fromTimestamp', list.window.from.toISOString())
  if (to !== undefined) query.set('toTimestamp', to.toISOString())
  const body = await context.rest.get(PATH, query, purpose, {
    ...context.call,
    onBytes: (bytes) => onAnswer(bytes, limit),
  })
  return readAnswer(purpose, PATH, () => readPage(body, readLegacyTrace)).rows
}

function endlessPages(purpose: Purpose): LoaderError {
  const message = `Cannot ${purpose.task}: ${purpose.subject} repeats rows that were read: the server's pages have no end`
  return new LoaderError('invalid_response', message, { path: PATH, status: 200 })
}
