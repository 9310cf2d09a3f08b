import { isRecord } from '../wire/read-field.js'
import type { ItemScore } from './item-result.js'

/**
 * Checks what an evaluator returned.
 *
 * @param returned - What it returned.
 * @param name - What its scores are called if they do not say so themselves.
 * @returns The scores; none for no verdict.
 */
export function readScores(returned: unknown, name: string): readonly ItemScore[] {
  if (returned === null || returned === undefined) return [{ ...EMPTY, name }]
  if (!Array.isArray(returned)) return [readScore(returned, name)]
  const several = returned.length > 1
  return returned.map((value, index) => readScore(value, several ? `${name}_${index + 1}` : name))
}

/**
 * Makes the record of an evaluator that failed.
 *
 * @param name - What would have been measured.
 * @param error - What it threw.
 * @returns A score without a value that says why.
 */
export function failedScore(name: string, error: unknown): ItemScore {
  return { ...EMPTY, name, error: messageOf(error) }
}

/**
 * Gives the text of whatever was thrown.
 *
 * @param error - An error, or something else.
 * @returns Its message.
 */
export function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message === '' ? error.name : error.message
  return typeof error === 'string' ? error : `${error === null ? 'null' : typeof error} was thrown`
}

const EMPTY: Omit<ItemScore, 'name'> = { score: null, reason: null, error: null, metadata: {} }

function readScore(value: unknown, name: string): ItemScore {
  if (!isRecord(value)) return withValue({ ...EMPTY, name }, value)
  const metadata = isRecord(value.metadata) ? value.metadata : {}
  const ownName = typeof value.name === 'string' && value.name !== '' ? value.name : name
  // `autoevals` tells of failures in a field instead of throwing.
  const error = value.error === undefined || value.error === null ? null : messageOf(value.error)
  const base = { name: ownName, score: null, reason: reasonOf(value.reason, metadata), error, metadata }
  if (error !== null) return base
  // A misspelt field is no verdict of nothing.
  return 'score' in value ? withValue(base, value.score) : { ...base, error: noScore('an object without a score') }
}

function withValue(base: ItemScore, value: unknown): ItemScore {
  if (value === null || value === undefined) return base
  if (typeof value === 'boolean') return { ...base, score: value }
  if (typeof value === 'number' && Number.isFinite(value)) return { ...base, score: value }
  if (typeof value === 'string' && value !== '') return { ...base, score: value }
  const found = typeof value === 'number' ? String(value) : value === '' ? 'an empty text' : describe(value)
  return { ...base, error: noScore(found) }
}

function noScore(found: string): string {
  return `the evaluator returned ${found}: expected a number, a boolean, a label or { score }`
}

function describe(value: unknown): string {
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`
}

function reasonOf(reason: unknown, metadata: Readonly<Record<string, unknown>>): string | null {
  const said = [reason, metadata.rationale, metadata.reason].find((text) => typeof text === 'string' && text !== '')
  return typeof said === 'string' ? said : null
}
