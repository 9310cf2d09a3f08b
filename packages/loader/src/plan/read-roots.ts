import type { TimeWindow } from '../options/time-window.js'
import { MAX_OBSERVATIONS_PER_PAGE, observationList } from '../rest/endpoints.js'
import { readPages } from '../rest/pages.js'
import { type CallContext, MAX_PARALLEL_REQUESTS } from '../rest/rest-client.js'
import type { FilterCondition } from '../wire/filter-condition.js'
import type { ObservationRow } from '../wire/observation-v2.js'
import type { LoadContext } from './load-context.js'
import { mapInOrder } from './map-in-order.js'
import { sliceWindow } from './slice-window.js'

/** What is needed of a root at least. */
export type Root = Pick<ObservationRow, 'traceId' | 'startTime'>

/** Which roots to read. */
export interface RootQuery<Kept extends Root> {
  /** Field groups. */
  readonly fields: string
  /** What a root must meet besides being one. */
  readonly conditions: readonly FilterCondition[]
  readonly window: TimeWindow | undefined
  /** How many are wanted; more may come. */
  readonly limit: number
  /** Picks what is needed of a row. Thousands of roots wait for their turn, and a whole row takes a hundred times as much memory. */
  readonly keep: (row: ObservationRow) => Kept
}

// Parts begin short and grow while the density holds.
const LONGEST_PART_PAGES = 4

/**
 * Reads root observations, newest first. When a page shows that many more are to come, the next stretch of the window is cut by time
 * and its parts are read in parallel: pages of one list come one after the other, because each names the next.
 *
 * @param context - Client and counters.
 * @param query - Which ones.
 * @yields The rows page by page; a row at the border of two parts may come twice.
 * @throws {LoaderError} Whatever the requests throw.
 */
export async function* readRoots<Kept extends Root>(
  context: LoadContext,
  query: RootQuery<Kept>,
): AsyncGenerator<readonly Kept[]> {
  let rest: RootQuery<Kept> | undefined = query
  let read = 0
  let pagesPerPart = 1
  const readPart = (window: TimeWindow, signal: AbortSignal): Promise<readonly Kept[]> =>
    collectRoots(context, { ...query, window }, { ...context.call, signal })
  while (rest !== undefined) {
    let parts: readonly TimeWindow[] = []
    for await (const rows of rootPages(context, rest, context.call)) {
      yield rows
      read += rows.length
      if (query.window !== undefined) parts = sliceWindow(rows, query.window, query.limit - read, pagesPerPart)
      if (parts.length > 0) break
    }
    for await (const rows of mapInOrder(parts, MAX_PARALLEL_REQUESTS, readPart, context.call.signal)) {
      read += rows.length
      yield rows
    }
    pagesPerPart = Math.min(LONGEST_PART_PAGES, pagesPerPart * 2)
    rest = behind(query, parts.at(-1))
  }
}

// What is left of the window behind the last part.
function behind<Kept extends Root>(query: RootQuery<Kept>, last: TimeWindow | undefined): RootQuery<Kept> | undefined {
  if (last === undefined || query.window === undefined || last.from <= query.window.from) return undefined
  return { ...query, window: { from: query.window.from, to: last.from } }
}

async function collectRoots<Kept extends Root>(
  context: LoadContext,
  query: RootQuery<Kept>,
  call: CallContext,
): Promise<readonly Kept[]> {
  const rows: Kept[] = []
  for await (const page of rootPages(context, query, call)) rows.push(...page)
  return rows
}

async function* rootPages<Kept extends Root>(
  context: LoadContext,
  query: RootQuery<Kept>,
  call: CallContext,
): AsyncGenerator<readonly Kept[]> {
  const list = observationList(
    {
      fields: query.fields,
      // Roots and traces are nearly always as many, so the limit is a good size for the page too.
      limit: Math.min(query.limit, MAX_OBSERVATIONS_PER_PAGE),
      filter: [...rootConditions(query.window), ...query.conditions],
    },
    (page) => ({ task: 'load traces', subject: `page ${page}` }),
  )
  for await (const rows of readPages(context.rest, list, call)) {
    context.onObservations(rows.length)
    yield rows.map(query.keep)
  }
}

function rootConditions(window: TimeWindow | undefined): readonly FilterCondition[] {
  const conditions: FilterCondition[] = [{ type: 'boolean', column: 'isRootObservation', operator: '=', value: true }]
  const { from, to } = window ?? {}
  if (from !== undefined)
    conditions.push({ type: 'datetime', column: 'startTime', operator: '>=', value: from.toISOString() })
  if (to !== undefined)
    conditions.push({ type: 'datetime', column: 'startTime', operator: '<', value: to.toISOString() })
  return conditions
}
