import { batch, signal } from '@preact/signals'
import { getJson } from '../../server/get-json.js'
import { serverParams } from './filter-params.js'
import type { TraceRow, TraceRows } from './trace-row.js'

/** The list as far as it was read. */
export const rows = signal<readonly TraceRow[]>([])
/** Whether there are older ones. */
export const hasMore = signal(false)
/** Observations that the search has not read yet. */
export const unindexed = signal(0)
/** What the list is doing. */
export const status = signal<'loading' | 'ready' | 'failed'>('loading')
/** Why it failed. */
export const failure = signal('')
/** Traces that came while the reader was looking further down. */
export const waiting = signal<readonly TraceRow[]>([])

let current: AbortController | undefined

/**
 * Reads the beginning of the list.
 *
 * @param params The filter, as it stands in the address.
 */
export async function loadFirst(params: URLSearchParams): Promise<void> {
  const request = begin()
  status.value = rows.value.length === 0 ? 'loading' : status.value
  try {
    const page = await read(params, request.signal)
    batch(() => {
      rows.value = page.traces
      hasMore.value = page.hasMore
      unindexed.value = page.unindexed
      waiting.value = []
      status.value = 'ready'
    })
  } catch (error) {
    if (request.signal.aborted) return
    failure.value = error instanceof Error ? error.message : String(error)
    status.value = 'failed'
  }
}

/**
 * Reads what comes after the last row.
 *
 * @param params The filter.
 */
export async function loadMore(params: URLSearchParams): Promise<void> {
  const last = rows.value.at(-1)
  if (!hasMore.value || last === undefined || status.value !== 'ready') return
  const request = begin()
  status.value = 'loading'
  try {
    const page = await read(params, request.signal, last)
    batch(() => {
      rows.value = [...rows.value, ...page.traces]
      hasMore.value = page.hasMore
      status.value = 'ready'
    })
  } catch {
    // What is there stays; scrolling on tries again.
    if (!request.signal.aborted) status.value = 'ready'
  }
}

/**
 * Brings the list up to date after a change.
 *
 * @param params The filter.
 * @param mayMove Whether new rows may push the others down: not under someone who reads.
 */
export async function refresh(params: URLSearchParams, mayMove: boolean): Promise<void> {
  if (isLoading()) return
  const page = await read(params).catch(() => undefined)
  // The filter may have changed meanwhile; then the list is read anew anyway.
  if (page === undefined || isLoading()) return
  batch(() => {
    const fresh = new Map(page.traces.map((row) => [row.traceId, row]))
    const known = new Set(rows.value.map(({ traceId }) => traceId))
    const added = page.traces.filter(({ traceId }) => !known.has(traceId))
    const kept = rows.value.map((row) => fresh.get(row.traceId) ?? row)
    unindexed.value = page.unindexed
    if (mayMove && rows.value.length <= page.traces.length + added.length) {
      rows.value = page.traces
      hasMore.value = page.hasMore
    } else rows.value = mayMove ? [...added, ...kept] : kept
    waiting.value = mayMove ? [] : added
  })
}

function isLoading(): boolean {
  return status.value === 'loading'
}

function begin(): AbortController {
  current?.abort()
  current = new AbortController()
  return current
}

function read(params: URLSearchParams, signal?: AbortSignal, after?: TraceRow): Promise<TraceRows> {
  const query = serverParams(params, Date.now())
  if (after !== undefined) {
    query.set('after', String(after.startMillis))
    query.set('afterTrace', after.traceId)
  }
  return getJson<TraceRows>(`/traces?${query}`, signal)
}
