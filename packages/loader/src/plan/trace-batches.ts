import { MAX_OBSERVATIONS_PER_PAGE } from '../rest/endpoints.js'
import type { RowsByTrace } from './read-observations.js'
import type { ServerTraits } from './server-traits.js'
import { MAX_TRACE_IDS } from './with-trace-ids.js'

/** Decides how many traces to read with one request. */
export interface TraceBatches {
  /** Cuts trace ids into batches; each is cut when it is asked for, by what is known then. */
  readonly split: (
    pages: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
  ) => AsyncGenerator<readonly string[]>
  /** Takes note of how many observations the traces of a batch had. To be called for every batch, even one that failed. */
  readonly learn: (rows: RowsByTrace) => void
}

// Before anything is known: the default limit, so that a plain fetch takes two requests, and a page for traces of twenty observations.
const FIRST_BATCH = 50

/**
 * Makes batches that fill a page: a request costs most in being made, and a batch over several pages cannot be read in parallel.
 * It also bounds memory, which holds whole batches: traces of 10,000 observations are read one by one.
 *
 * @param traits - What is known of the server.
 * @returns The batches.
 */
export function createTraceBatches(traits: ServerTraits): TraceBatches {
  let traces = 0
  let observations = 0
  let onFirst = (): void => {}
  const first = new Promise<void>((resolve) => {
    onFirst = resolve
  })
  const size = (): number => {
    // Asked trace by trace anyway: batches of one run in parallel.
    if (traits.traceIdLists === 'no') return 1
    if (traces === 0) return FIRST_BATCH
    const fitting = Math.floor(MAX_OBSERVATIONS_PER_PAGE / (observations / traces))
    return Math.max(1, Math.min(MAX_TRACE_IDS, fitting))
  }
  return {
    split: async function* (pages) {
      for await (const ids of pages) {
        for (let start = 0, end = 0; start < ids.length; start = end) {
          end = start + size()
          yield ids.slice(start, end)
          // The first batch shows how large traces are here and whether the server takes lists; the others profit from it.
          await first
        }
      }
    },
    learn: (rows) => {
      onFirst()
      traces += rows.size
      for (const own of rows.values()) observations += own.length
    },
  }
}
