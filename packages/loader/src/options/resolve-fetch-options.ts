import type { FilterCondition } from '../wire/filter-condition.js'
import type { FetchTracesOptions, ResolvedFetch } from './fetch-traces-options.js'
import { invalidOption } from './invalid-option.js'
import { readTagList } from './read-tag-list.js'
import { refuseUnknown } from './refuse-unknown.js'
import { hasTimeWindow, resolveTimeWindow } from './time-window.js'

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
  return {
    window: needsWindow ? resolveTimeWindow(options, nowMillis) : undefined,
    conditions: readConditions(options, tags),
    traceIds,
    limit: readLimit(options.limit, traceIds?.length ?? DEFAULT_LIMIT),
    full: readSwitch(options.fetchFullTraces, 'fetchFullTraces', true),
    scores: readSwitch(options.fetchScores, 'fetchScores', false),
    onProgress: options.onProgress,
    signal: options.signal,
  }
}

/**
 * Checks a list of trace ids and drops repetitions.
 *
 * @param value - What the caller passed.
 * @returns The ids, each once.
 * @throws {LoaderError} `invalid_options` if it is no list of ids.
 */
export function readTraceIds(value: unknown): readonly string[] {
  const ids = readTagList(value, 'traceIds')
  // The scores endpoint takes ids as one comma-separated list.
  const bad = ids.find((id) => id.includes(','))
  if (bad !== undefined) throw invalidOption('traceIds', 'an id holds a comma', 'pass each id as its own element')
  return ids
}

function readConditions(options: FetchTracesOptions, tags: readonly string[]): readonly FilterCondition[] {
  const conditions: FilterCondition[] = []
  // Columns and their types: Langfuse 4.16. Names and environments come from closed lists there, hence "options".
  for (const [option, column] of [['name', 'traceName'] as const, ['environment', 'environment'] as const]) {
    const value = readText(options[option], option)
    if (value !== undefined) conditions.push({ type: 'stringOptions', column, operator: 'any of', value: [value] })
  }
  for (const column of ['userId', 'sessionId', 'release', 'version'] as const) {
    const value = readText(options[column], column)
    if (value !== undefined) conditions.push({ type: 'string', column, operator: '=', value })
  }
  if (tags.length > 0) conditions.push({ type: 'arrayOptions', column: 'traceTags', operator: 'all of', value: tags })
  return [...conditions, ...readMetadata(options.metadata ?? {}), ...readFilter(options.filter ?? [])]
}

function readText(value: unknown, option: string): string | undefined {
  if (value === undefined) return undefined
  if (typeof value !== 'string' || value === '')
    throw invalidOption(option, 'it is no text', 'expected a non-empty string')
  return value
}

function readMetadata(metadata: unknown): readonly FilterCondition[] {
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) {
    throw invalidOption('metadata', 'it is no object', "expected for example metadata: { tier: 'gold' }")
  }
  return Object.entries(metadata).map(([key, value]: [string, unknown]) => {
    const isScalar =
      typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
    if (!isScalar)
      throw invalidOption(`metadata.${key}`, 'it is no text, number or boolean', 'compare nested values by dotted keys')
    // Langfuse keeps every metadata value as text and compares it as such.
    return { type: 'stringObject', column: 'metadata', key, operator: '=', value: String(value) }
  })
}

function readFilter(filter: readonly FilterCondition[]): readonly FilterCondition[] {
  if (!Array.isArray(filter))
    throw invalidOption('filter', 'it is not a list', 'expected a list of Langfuse filter conditions')
  filter.forEach((condition: unknown, index) => {
    const isCondition =
      typeof condition === 'object' && condition !== null && 'column' in condition && 'operator' in condition
    if (!isCondition) {
      throw invalidOption(`filter[${index}]`, 'it is no condition', 'expected { type, column, operator, value }')
    }
  })
  return filter
}

function readLimit(limit: number | undefined, fallback: number): number {
  if (limit === undefined || limit === Number.POSITIVE_INFINITY) return limit ?? fallback
  if (Number.isSafeInteger(limit) && limit > 0) return limit
  throw invalidOption('limit', `it is ${String(limit)}`, 'expected a whole number above 0, or Infinity for all')
}

function readSwitch(value: unknown, option: string, fallback: boolean): boolean {
  if (value === undefined) return fallback
  if (typeof value !== 'boolean') throw invalidOption(option, `it is ${String(value)}`, 'expected true or false')
  return value
}
