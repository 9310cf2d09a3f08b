/** The query parameters that filter traces, and what people call them. */
export const FACETS = [
  { param: 'name', label: 'Name', facet: 'names' },
  { param: 'tag', label: 'Tag', facet: 'tags' },
  { param: 'user', label: 'User', facet: 'userIds' },
  { param: 'session', label: 'Session', facet: 'sessionIds' },
  { param: 'env', label: 'Environment', facet: 'environments' },
] as const

/** Spans of time up to now, in milliseconds. */
export const RANGES: Readonly<Record<string, { readonly label: string; readonly millis: number }>> = {
  '15m': { label: 'Last 15 minutes', millis: 15 * 60_000 },
  '1h': { label: 'Last hour', millis: 3_600_000 },
  '24h': { label: 'Last 24 hours', millis: 86_400_000 },
  '7d': { label: 'Last 7 days', millis: 7 * 86_400_000 },
  '30d': { label: 'Last 30 days', millis: 30 * 86_400_000 },
}

const FILTERS = ['q', 'from', 'to', 'range', 'level', 'score', ...FACETS.map(({ param }) => param)]

/**
 * What of an address is a filter: it goes along from the list to a trace and back.
 *
 * @param params Of the address.
 * @returns Only the filter.
 */
export function filterParams(params: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...params].filter(([name, value]) => FILTERS.includes(name) && value !== ''))
}

/**
 * The filter as the server takes it: a range becomes a start.
 *
 * @param params Of the address.
 * @param nowMillis What time it is.
 * @returns The query parameters.
 */
export function serverParams(params: URLSearchParams, nowMillis: number): URLSearchParams {
  const query = filterParams(params)
  const range = RANGES[query.get('range') ?? '']
  query.delete('range')
  if (range !== undefined) query.set('from', String(nowMillis - range.millis))
  return query
}

/**
 * The address of a trace that remembers the list it is opened from.
 *
 * @param traceId The trace.
 * @param params Of the list.
 * @returns Path and query.
 */
export function traceAddress(traceId: string, params: URLSearchParams): string {
  const query = filterParams(params).toString()
  return `/traces/${encodeURIComponent(traceId)}${query === '' ? '' : `?${query}`}`
}
