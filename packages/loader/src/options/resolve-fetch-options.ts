import { conditionsOf, readCriteria } from './fetch-criteria.js'
import type { FetchTracesOptions, ResolvedFetch } from './fetch-traces-options.js'
import { invalidOption } from './invalid-option.js'
import { readListener } from './read-listener.js'
import { readSignal } from './read-signal.js'
import { readSwitch } from './read-switch.js'
import { readTagList } from './read-tag-list.js'
import { readTraceIds } from './read-trace-ids.js'
import { refuseUnknown } from './refuse-unknown.js'
import { hasTimeWindow, resolveTimeWindow, windowKey } from './time-window.js'

const DEFAULT_LIMIT = 50

const OPTION_NAMES: ReadonlySet<string> = new Set<keyof FetchTracesOptions>([
  'mode',
  'daysBack',
  'hoursBack',
  'fromTimestamp',
  'toTimestamp',
  'limit',
  'tags',
  'name',
  'userId',
  'sessionId',
  'environment',
  'release',
  'version',
  'traceIds',
  'metadata',
  'filter',
  'fetchFullTraces',
  'fetchScores',
  'checkpoint',
  'partial',
  'onProgress',
  'signal',
])

/**
 * Checks the options of a fetch before any request is made.
 *
 * @param options - The caller's options.
 * @param defaultTags - The loader's tags, asked for besides the caller's.
 * @param nowMillis - The present, in milliseconds since the epoch.
 * @returns What to fetch.
 * @throws {LoaderError} `invalid_options` naming the option.
 */
export function resolveFetchOptions(
  options: FetchTracesOptions,
  defaultTags: readonly string[],
  nowMillis: number,
): ResolvedFetch {
  refuseUnknown(options, OPTION_NAMES)
  const traceIds = options.traceIds === undefined ? undefined : readTraceIds(options.traceIds)
  const needsWindow = traceIds === undefined || hasTimeWindow(options)
  const tags = readTagList([...defaultTags, ...readTagList(options.tags ?? [], 'tags')], 'tags')
  const criteria = readCriteria(options, tags)
  return {
    window: needsWindow ? resolveTimeWindow(options, nowMillis) : undefined,
    criteria,
    conditions: conditionsOf(criteria),
    traceIds,
    limit: readLimit(options.limit, traceIds?.length ?? DEFAULT_LIMIT),
    full: readSwitch(options.fetchFullTraces, 'fetchFullTraces', true),
    scores: readSwitch(options.fetchScores, 'fetchScores', false),
    onProgress: readListener(options.onProgress, 'onProgress'),
    signal: readSignal(options.signal),
    checkpoint: readPath(options.checkpoint),
    partial: readPartial(options.partial),
    windowKey: needsWindow ? windowKey(options) : '',
  }
}

function readPath(value: unknown): string | undefined {
  if (value === undefined || (typeof value === 'string' && value !== '' && !value.includes('\0'))) return value
  throw invalidOption('checkpoint', 'it is no path', "expected for example 'nightly.checkpoint'")
}

function readPartial(value: unknown): 'throw' | 'return' {
  if (value === undefined) return 'throw'
  if (value === 'throw' || value === 'return') return value
  throw invalidOption('partial', `it is ${String(value)}`, "expected 'throw' or 'return'")
}

function readLimit(limit: number | undefined, fallback: number): number {
  if (limit === undefined || limit === Number.POSITIVE_INFINITY) return limit ?? fallback
  if (Number.isSafeInteger(limit) && limit > 0) return limit
  throw invalidOption('limit', `it is ${String(limit)}`, 'expected a whole number above 0, or Infinity for all')
}
