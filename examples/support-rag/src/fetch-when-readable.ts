import { setTimeout as delay } from 'node:timers/promises'
import type { FetchTracesOptions, LangfuseTraceLoader, Trace, TraceCollection } from '@axion/loader'

const DEADLINE_MILLIS = 60_000
const PAUSE_MILLIS = 1_000

/**
 * Fetches traces that were just sent. A Langfuse takes a moment to make spans readable (the local one none), and not all at once, so this asks again
 * until the traces are all there with all their steps.
 *
 * @param loader - The loader.
 * @param options - What to fetch.
 * @param count - How many traces there must be.
 * @param steps - Names of the observations that each of them must have.
 * @throws {Error} If they are not all readable within a minute.
 */
export async function fetchWhenReadable(
  loader: LangfuseTraceLoader,
  options: FetchTracesOptions,
  count: number,
  steps: readonly string[],
): Promise<TraceCollection> {
  for (const deadline = Date.now() + DEADLINE_MILLIS; ; await delay(PAUSE_MILLIS)) {
    const traces = await loader.fetchTraces(options)
    const whole = traces.filter((trace) => isWhole(trace, steps))
    if (whole.length >= count) return traces
    if (Date.now() >= deadline) {
      throw new Error(
        `Cannot fetch the traces: ${whole.length} of ${count} were readable after ${DEADLINE_MILLIS / 1000} seconds`,
      )
    }
  }
}

function isWhole(trace: Trace, steps: readonly string[]): boolean {
  return steps.every((name) => trace.find({ name }) !== undefined)
}
