import type { Trace } from '../model/trace.js'
import type { ResolvedFetch } from '../options/fetch-traces-options.js'
import type { LoaderPorts } from '../rest/ports.js'
import type { CallContext, RestClient } from '../rest/rest-client.js'
import type { ServerTraits } from './server-traits.js'

/** What all requests of one call of the loader share. */
export interface LoadContext {
  readonly rest: RestClient
  readonly traits: ServerTraits
  readonly call: CallContext
  /** Traces that a former run of this fetch has handed out: they count, but are not read again. */
  readonly done: ReadonlySet<string>
  /** Counts rows that came in, and tells the caller. */
  readonly onObservations: (count: number) => void
  /** Counts a trace that is complete, and tells the caller. */
  readonly onTrace: (trace: Trace) => void
}

/** What a call of the loader is about, as far as its progress goes. */
export interface LoadScope {
  /** @default that of the fetch */
  readonly signal?: AbortSignal | undefined
  readonly fetch?: ResolvedFetch
  readonly done?: ReadonlySet<string> | undefined
}

/**
 * Starts the counting for one call of the loader.
 *
 * @param rest - The client.
 * @param traits - What is known of the server.
 * @param ports - The clock.
 * @param scope - What the call is about.
 * @returns The context.
 */
export function createLoadContext(
  rest: RestClient,
  traits: ServerTraits,
  ports: LoaderPorts,
  { fetch, signal = fetch?.signal, done = new Set() }: LoadScope,
): LoadContext {
  const counts = { requests: 0, observations: 0, traces: 0 }
  const begun = ports.monotonic()
  let cursorTime: Date | null = null
  const report = (): void => {
    if (fetch?.onProgress === undefined) return
    const share = cursorTime === null ? 0 : shareDone(fetch, counts.traces + done.size, cursorTime, ports.now())
    const elapsedSeconds = (ports.monotonic() - begun) / 1000
    fetch.onProgress({
      ...counts,
      cursorTime,
      etaSeconds: share > 0 ? (elapsedSeconds * (1 - share)) / share : null,
    })
  }
  return {
    rest,
    traits,
    done,
    call: {
      signal,
      onRequest: () => {
        counts.requests += 1
      },
    },
    onObservations: (count) => {
      counts.observations += count
      report()
    },
    onTrace: (trace) => {
      counts.traces += 1
      cursorTime = trace.timestamp
      report()
    },
  }
}

// A fetch ends at its limit or at the start of its window, whichever comes first, so it is as far as the one that is further.
function shareDone(fetch: ResolvedFetch, traces: number, cursorTime: Date, nowMillis: number): number {
  const byCount = traces / fetch.limit
  if (fetch.window === undefined) return Math.min(1, byCount)
  const end = fetch.window.to?.getTime() ?? nowMillis
  const byTime = (end - cursorTime.getTime()) / (end - fetch.window.from.getTime())
  return Math.min(1, Math.max(byCount, byTime))
}
