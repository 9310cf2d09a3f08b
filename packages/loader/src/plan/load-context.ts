import type { FetchProgress } from '../options/fetch-traces-options.js'
import type { CallContext, RestClient } from '../rest/rest-client.js'
import type { ServerTraits } from './server-traits.js'

/** What all requests of one call of the loader share. */
export interface LoadContext {
  readonly rest: RestClient
  readonly traits: ServerTraits
  readonly call: CallContext
  /** Counts rows that came in, and tells the caller. */
  readonly onObservations: (count: number) => void
  /** Counts a trace that is complete, and tells the caller. */
  readonly onTrace: () => void
}

/**
 * Starts the counting for one call of the loader.
 *
 * @param rest - The client.
 * @param traits - What is known of the server.
 * @param signal - The caller's signal.
 * @param onProgress - Whom to tell.
 * @returns The context.
 */
export function createLoadContext(
  rest: RestClient,
  traits: ServerTraits,
  signal: AbortSignal | undefined,
  onProgress?: (progress: FetchProgress) => void,
): LoadContext {
  const counts = { requests: 0, observations: 0, traces: 0 }
  const report = (): void => onProgress?.({ ...counts })
  return {
    rest,
    traits,
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
    onTrace: () => {
      counts.traces += 1
      report()
    },
  }
}
