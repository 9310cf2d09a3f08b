import { LoaderError } from '../loader-error.js'
import { MAX_PARALLEL_REQUESTS } from '../rest/rest-client.js'
import type { FilterCondition } from '../wire/filter-condition.js'
import { collect } from './collect.js'
import type { LoadContext } from './load-context.js'
import { mapInOrder } from './map-in-order.js'

/** Most ids in one filter: 120 ids of 32 digits make a URL of 5 kB, below the 8 kB that proxies commonly allow. */
export const MAX_TRACE_IDS = 120

/**
 * Reads something for many traces with as few requests as the server allows: by lists of ids, else id by id.
 *
 * @param context - What is known of the server.
 * @param traceIds - The traces.
 * @param read - Reads what fits a condition on `traceId`.
 * @yields Whatever `read` yields.
 * @throws {LoaderError} Whatever `read` throws.
 */
export async function* withTraceIds<Rows>(
  context: LoadContext,
  traceIds: readonly string[],
  read: (condition: FilterCondition) => AsyncIterable<Rows>,
): AsyncGenerator<Rows> {
  for (let start = 0; start < traceIds.length; start += MAX_TRACE_IDS) {
    const batch = traceIds.slice(start, start + MAX_TRACE_IDS)
    const [only] = batch
    if (batch.length === 1 && only !== undefined) {
      yield* read({ type: 'string', column: 'traceId', operator: '=', value: only })
    } else if (context.traits.traceIdLists === 'no' || !(yield* readByList(context, batch, read))) {
      const readOne = (id: string): Promise<readonly Rows[]> =>
        collect(read({ type: 'string', column: 'traceId', operator: '=', value: id }))
      for await (const pages of mapInOrder(batch, MAX_PARALLEL_REQUESTS, readOne)) yield* pages
      // Known only now: had single ids failed too, the list would not have been what was wrong.
      context.traits.traceIdLists = 'no'
    }
  }
}

/** Reads by one list of ids. Returns whether the server took it; if it did not, nothing was yielded. */
async function* readByList<Rows>(
  context: LoadContext,
  batch: readonly string[],
  read: (condition: FilterCondition) => AsyncIterable<Rows>,
): AsyncGenerator<Rows, boolean> {
  let begun = false
  try {
    for await (const rows of read({ type: 'stringOptions', column: 'traceId', operator: 'any of', value: batch })) {
      begun = true
      context.traits.traceIdLists = 'yes'
      yield rows
    }
    return true
  } catch (error) {
    if (begun || !isRefusal(error, context)) throw error
    return false
  }
}

// Too heavy a query: Langfuse answers 422 when its store gives up, gateways answer 504. All lists together cost the store less than
// reading trace by trace does, but each one takes longer, so a large project on a small server may get through only the other way.
const TOO_HEAVY: ReadonlySet<number> = new Set([408, 422, 504])

function isRefusal(error: unknown, context: LoadContext): boolean {
  if (!(error instanceof LoaderError)) return false
  // A 400 may also be about a filter of the caller's: then reading by single ids ends with the same 400.
  if (error.code === 'bad_request') return context.traits.traceIdLists !== 'yes'
  return error.status !== undefined && TOO_HEAVY.has(error.status)
}
