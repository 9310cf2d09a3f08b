import type { ObservationPosition } from '../store/observation-query.js'
import type { TracePosition } from '../store/trace-query.js'

/**
 * The link to the traces after one.
 *
 * @param position The last trace of a page.
 * @returns The address of the next page.
 */
export function olderTracesLink({ newestStartMillis, traceId }: TracePosition): string {
  return `/?${new URLSearchParams({ before: String(newestStartMillis), trace: traceId })}`
}

/**
 * Reads what {@link olderTracesLink} wrote.
 *
 * @param query The query parameters.
 * @returns Where the page begins; undefined for the first page, which is also what garbage leads to.
 */
export function tracePosition({ before, trace = '' }: Readonly<Record<string, string>>): TracePosition | undefined {
  const newestStartMillis = parseMillis(before)
  return newestStartMillis === undefined ? undefined : { newestStartMillis, traceId: trace }
}

/**
 * The link to the first observations of a trace.
 *
 * @param traceId The trace.
 * @returns The address of its page.
 */
export function traceLink(traceId: string): string {
  return `/traces/${encodeURIComponent(traceId)}`
}

/**
 * The link to the observations of a trace after one.
 *
 * @param position The last observation of a page.
 * @returns The address of the next page.
 */
export function laterObservationsLink({ startTimeMillis, traceId, id }: ObservationPosition): string {
  return `${traceLink(traceId)}?${new URLSearchParams({ after: String(startTimeMillis), id })}`
}

/**
 * Reads what {@link laterObservationsLink} wrote.
 *
 * @param traceId The trace.
 * @param query The query parameters.
 * @returns Where the page begins; undefined for the first page, which is also what garbage leads to.
 */
export function observationPosition(
  traceId: string,
  { after, id = '' }: Readonly<Record<string, string>>,
): ObservationPosition | undefined {
  const startTimeMillis = parseMillis(after)
  return startTimeMillis === undefined ? undefined : { startTimeMillis, traceId, id }
}

function parseMillis(text = ''): number | undefined {
  // The database takes whole numbers; more digits than this are no time either.
  return /^-?\d{1,16}$/.test(text) ? Number(text) : undefined
}
