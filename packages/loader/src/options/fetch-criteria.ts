import type { FilterCondition } from '../wire/filter-condition.js'
import type { FetchTracesOptions } from './fetch-traces-options.js'
import { invalidOption } from './invalid-option.js'

/** What a wanted trace says of itself, checked; left out where it does not matter. */
export interface FetchCriteria {
  readonly name?: string
  readonly userId?: string
  readonly sessionId?: string
  readonly environment?: string
  readonly release?: string
  readonly version?: string
  /** Of which a trace must have all. */
  readonly tags: readonly string[]
  /** Dotted key and text. */
  readonly metadata: readonly (readonly [key: string, text: string])[]
  /** Conditions in Langfuse's own form. */
  readonly filter: readonly FilterCondition[]
}

const TEXT_CRITERIA = ['name', 'environment', 'userId', 'sessionId', 'release', 'version'] as const

/**
 * Checks what the caller says of the wanted traces.
 *
 * @param options - The caller's options.
 * @param tags - Tags to ask for, checked.
 * @returns The criteria.
 * @throws {LoaderError} `invalid_options` naming the option.
 */
export function readCriteria(options: FetchTracesOptions, tags: readonly string[]): FetchCriteria {
  const texts: Partial<Record<(typeof TEXT_CRITERIA)[number], string>> = {}
  for (const option of TEXT_CRITERIA) {
    const value = readText(options[option], option)
    if (value !== undefined) texts[option] = value
  }
  return { ...texts, tags, metadata: readMetadata(options.metadata ?? {}), filter: readFilter(options.filter ?? []) }
}

/**
 * Says the criteria as conditions of `GET /api/public/v2/observations`.
 *
 * @param criteria - What was asked for.
 * @returns Conditions to put to the root observation.
 */
export function conditionsOf(criteria: FetchCriteria): readonly FilterCondition[] {
  const conditions: FilterCondition[] = []
  // Columns and their types: Langfuse 4.16. Names and environments come from closed lists there, hence "options".
  for (const [option, column] of [['name', 'traceName'] as const, ['environment', 'environment'] as const]) {
    const value = criteria[option]
    if (value !== undefined) conditions.push({ type: 'stringOptions', column, operator: 'any of', value: [value] })
  }
  for (const column of ['userId', 'sessionId', 'release', 'version'] as const) {
    const value = criteria[column]
    if (value !== undefined) conditions.push({ type: 'string', column, operator: '=', value })
  }
  const { tags } = criteria
  if (tags.length > 0) conditions.push({ type: 'arrayOptions', column: 'traceTags', operator: 'all of', value: tags })
  return [...conditions, ...metadataConditions(criteria), ...criteria.filter]
}

/**
 * Says the criteria on metadata as conditions, which both generations of the API understand.
 *
 * @param criteria - What was asked for.
 * @returns One condition for each key.
 */
export function metadataConditions(criteria: FetchCriteria): readonly FilterCondition[] {
  return criteria.metadata.map(([key, value]) => ({
    type: 'stringObject',
    column: 'metadata',
    key,
    operator: '=',
    value,
  }))
}

function readText(value: unknown, option: string): string | undefined {
  if (value === undefined) return undefined
  if (typeof value !== 'string' || value === '')
    throw invalidOption(option, 'it is no text', 'expected a non-empty string')
  return value
}

function readMetadata(metadata: unknown): readonly (readonly [string, string])[] {
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) {
    throw invalidOption('metadata', 'it is no object', "expected for example metadata: { tier: 'gold' }")
  }
  return Object.entries(metadata).map(([key, value]: [string, unknown]) => {
    const isScalar =
      typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
    if (!isScalar)
      throw invalidOption(`metadata.${key}`, 'it is no text, number or boolean', 'compare nested values by dotted keys')
    // Langfuse keeps every metadata value as text and compares it as such.
    return [key, String(value)]
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
