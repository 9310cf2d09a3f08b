import type { Trace } from '../model/trace.js'
import type { FetchTracesOptions, ResolvedFetch } from './fetch-traces-options.js'
import { invalidOption } from './invalid-option.js'
import { readPath } from './read-path.js'
import { refusePartial } from './refuse-partial.js'
import { resolveFetchOptions } from './resolve-fetch-options.js'

/** What of traces goes to which file. */
export interface TraceExport {
  /** The file, absolutely. */
  readonly to: string
  readonly transform: ExportTracesOptions['transform']
}

/** Which traces to write to a file, and how. `limit` is `Infinity` unless said otherwise. */
export interface ExportTracesOptions extends Omit<FetchTracesOptions, 'partial'> {
  /** The file, of JSON Lines; one that exists is replaced when all is there. */
  to: string | URL
  /**
   * What to write of a trace, or a promise of it; nothing for `null` and `undefined`. After a kill the same one must be given.
   * @default the trace, as `JSON.stringify` writes it
   */
  transform?: ((trace: Trace) => unknown) | undefined
}

/**
 * Checks the options of an export before any request is made.
 *
 * @param options - The caller's options.
 * @param defaultTags - The loader's tags, asked for besides the caller's.
 * @param nowMillis - The present, in milliseconds since the epoch.
 * @returns What to fetch, and where to.
 * @throws {LoaderError} `invalid_options` naming the option.
 */
export function resolveTraceExport(
  { to, transform, ...options }: ExportTracesOptions,
  defaultTags: readonly string[],
  nowMillis: number,
): { readonly fetch: ResolvedFetch; readonly file: TraceExport } {
  const path = readPath(to, 'to')
  if (transform !== undefined && typeof transform !== 'function')
    throw invalidOption('transform', `it is of type ${typeof transform}`, 'expected a function')
  const fetch = resolveFetchOptions({ limit: Number.POSITIVE_INFINITY, ...options }, defaultTags, nowMillis)
  refusePartial(fetch.partial, 'a file holds all or is not there: leave it out')
  return { fetch, file: { to: path, transform } }
}
