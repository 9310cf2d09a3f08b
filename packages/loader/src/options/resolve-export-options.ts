import type { FetchTracesOptions, ResolvedFetch } from './fetch-traces-options.js'
import { invalidOption } from './invalid-option.js'
import { resolveFetchOptions } from './resolve-fetch-options.js'
import { hasTimeWindow } from './time-window.js'

/** Which traces of an export to read. Without a window, those of all times; without a limit, all of them. */
export type ExportOptions = Omit<FetchTracesOptions, 'filter' | 'fetchScores' | 'checkpoint' | 'partial' | 'onProgress'>

// What only a server can do, or what makes no sense without one.
const NEED_A_SERVER = ['filter', 'fetchScores', 'checkpoint', 'partial', 'onProgress'] as const

/**
 * Checks the options for reading an export.
 *
 * @param options - The caller's options.
 * @param defaultTags - The loader's tags, asked for besides the caller's.
 * @param nowMillis - The present, in milliseconds since the epoch.
 * @returns What to read.
 * @throws {LoaderError} `invalid_options` naming the option.
 */
export function resolveExportOptions(
  options: ExportOptions,
  defaultTags: readonly string[],
  nowMillis: number,
): ResolvedFetch {
  const fetch = resolveFetchOptions({ limit: Number.POSITIVE_INFINITY, ...options }, defaultTags, nowMillis)
  const given: FetchTracesOptions = options
  for (const name of NEED_A_SERVER) {
    if (given[name] !== undefined) throw invalidOption(name, 'files cannot do it', 'leave it out')
  }
  return hasTimeWindow(options) ? fetch : { ...fetch, window: undefined }
}
