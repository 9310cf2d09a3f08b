import { readId } from './read-id.js'
import { readSignal } from './read-signal.js'
import { readSwitch } from './read-switch.js'
import { refuseUnknown } from './refuse-unknown.js'

/** What goes with a fetch of something by its id. */
export interface FetchByIdOptions {
  /** Also reads the scores of the traces and of their observations. @default false */
  fetchScores?: boolean
  /** Ends the fetch with a `LoaderError` of code `aborted`. */
  signal?: AbortSignal
}

/** An id and {@link FetchByIdOptions}, checked. */
export interface ResolvedFetchById {
  readonly id: string
  readonly scores: boolean
  readonly signal: AbortSignal | undefined
}

const OPTION_NAMES: ReadonlySet<string> = new Set<keyof FetchByIdOptions>(['fetchScores', 'signal'])

/**
 * Checks what a fetch by id is given before any request is made.
 *
 * @param id - The id.
 * @param options - The caller's options.
 * @returns Complete, checked options.
 * @throws {LoaderError} `invalid_options` naming the option.
 */
export function resolveFetchById(id: unknown, options: FetchByIdOptions): ResolvedFetchById {
  refuseUnknown(options, OPTION_NAMES)
  const scores = readSwitch(options.fetchScores, 'fetchScores', false)
  return { id: readId(id, 'id'), scores, signal: readSignal(options.signal) }
}
