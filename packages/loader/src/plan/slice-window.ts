import type { TimeWindow } from '../options/time-window.js'
import { MAX_OBSERVATIONS_PER_PAGE } from '../rest/endpoints.js'
import { MAX_PARALLEL_REQUESTS } from '../rest/rest-client.js'

// A part that holds a few rows more than its pages costs a whole request for them.
const FILLING = 0.9

/**
 * Cuts the next stretch of a window into parts of equal time to be read in parallel, by how dense the page before it was. Only a
 * stretch and not the whole window: what is busy now may have been idle before, and reading many empty parts costs more than it saves.
 *
 * @param page - Start times of the page that was read last, newest first.
 * @param window - The whole window.
 * @param wanted - How many more rows are wanted.
 * @param pagesPerPart - How many pages a part should hold.
 * @returns The parts, newest first, touching each other; the first one begins with the last instant of the page, which may go on
 * behind it. Empty if cutting does not pay.
 */
export function sliceWindow(
  page: readonly { readonly startTime: Date }[],
  window: TimeWindow,
  wanted: number,
  pagesPerPart: number,
): readonly TimeWindow[] {
  const newest = page[0]?.startTime.getTime()
  const oldest = page.at(-1)?.startTime.getTime()
  if (newest === undefined || oldest === undefined || page.length < MAX_OBSERVATIONS_PER_PAGE) return []
  const from = window.from.getTime()
  const millisPerPage = Math.max(1, newest - oldest)
  const pages = Math.min((oldest - from) / millisPerPage, wanted / MAX_OBSERVATIONS_PER_PAGE)
  const count = Math.min(MAX_PARALLEL_REQUESTS, Math.floor(pages / pagesPerPart))
  if (count < 2) return []
  const length = Math.ceil(millisPerPage * pagesPerPart * FILLING)
  const parts: TimeWindow[] = []
  for (let to = oldest + 1; to > from && parts.length < count; to -= length) {
    parts.push({ from: new Date(Math.max(from, to - length)), to: new Date(to) })
  }
  return parts
}
