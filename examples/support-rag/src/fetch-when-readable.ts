import { setTimeout as delay } from 'node:timers/promises'
import type { FetchTracesOptions, LangfuseTraceLoader, TraceCollection } from '@axion/loader'

const DEADLINE_MILLIS = 60_000
const PAUSE_MILLIS = 1_000

/**
 * Fetches traces that were just sent. A Langfuse takes a moment to make them readable (the local one none), so this asks again until they are
 * all there.
 *
 * @param loader - The loader.
 * @param options - What to fetch.
 * @param count - How many traces there must be.
 * @throws {Error} If they are not all readable within a minute.
 */
export async function fetchWhenReadable(
  loader: LangfuseTraceLoader,
  options: FetchTracesOptions,
  count: number,
): Promise<TraceCollection> {
  for (const deadline = Date.now() + DEADLINE_MILLIS; ; await delay(PAUSE_MILLIS)) {
    const traces = await loader.fetchTraces(options)
    if (traces.length >= count) return traces
    if (Date.now() >= deadline) {
      throw new Error(
        `Cannot fetch the traces: ${traces.length} of ${count} were readable after ${DEADLINE_MILLIS / 1000} seconds`,
      )
    }
  }
}
