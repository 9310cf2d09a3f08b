import { invalidOption } from './invalid-option.js'
import { readSignal } from './read-signal.js'
import { readTagList } from './read-tag-list.js'
import { readTraceIds } from './read-trace-ids.js'
import { refuseUnknown } from './refuse-unknown.js'

/** Whose scores to fetch: those of traces or those of sessions, not both at once. */
export interface FetchScoresOptions {
  /** The traces; scores of their observations come too. */
  traceIds?: readonly string[]
  /** The sessions; only scores of the sessions themselves. */
  sessionIds?: readonly string[]
  /** Names of which a score must have one. @default any name */
  names?: readonly string[]
  /** Ends the fetch with a `LoaderError` of code `aborted`. */
  signal?: AbortSignal
}

/** {@link FetchScoresOptions} checked. */
export interface ResolvedScoreFetch {
  readonly of: 'traceId' | 'sessionId'
  readonly ids: readonly string[]
  readonly names: readonly string[] | undefined
}

const OPTION_NAMES: ReadonlySet<string> = new Set<keyof FetchScoresOptions>([
  'traceIds',
  'sessionIds',
  'names',
  'signal',
])

/**
 * Checks the options of a fetch of scores before any request is made.
 *
 * @param options - The caller's options.
 * @returns Whose scores to fetch.
 * @throws {LoaderError} `invalid_options` naming the option.
 */
export function resolveScoreFetch(options: FetchScoresOptions): ResolvedScoreFetch {
  refuseUnknown(options, OPTION_NAMES)
  const { traceIds, sessionIds } = options
  if (traceIds !== undefined && sessionIds !== undefined)
    throw invalidOption('sessionIds', 'it contradicts traceIds', 'fetch the scores of traces or of sessions')
  if (traceIds === undefined && sessionIds === undefined)
    throw invalidOption('traceIds', 'it is missing', 'say whose scores to fetch: traceIds or sessionIds')
  readSignal(options.signal)
  const names = options.names === undefined ? undefined : readTagList(options.names, 'names')
  return sessionIds === undefined
    ? { of: 'traceId', ids: readTraceIds(traceIds, 'traceIds'), names }
    : { of: 'sessionId', ids: readTraceIds(sessionIds, 'sessionIds'), names }
}
