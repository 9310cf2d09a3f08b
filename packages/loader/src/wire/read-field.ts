import { LoaderError } from '../loader-error.js'
import { parseUtcTime } from './parse-utc-time.js'

/** A JSON object as it came over the wire. */
export type WireRecord = Readonly<Record<string, unknown>>

/**
 * Makes the error for an answer that is not what the API promises.
 *
 * @param field - The field's path inside the answer, such as `data[3].startTime`.
 * @param expected - What should have stood there.
 * @param found - What stood there; only its type is told, since the value may be prompt text.
 * @returns The error, to be thrown.
 */
export function wrongField(field: string, expected: string, found: unknown): LoaderError {
  return new LoaderError(
    'invalid_response',
    `Cannot read the answer: ${field} should be ${expected}, found ${kindOf(found)}`,
    {
      path: field,
    },
  )
}

// Shared by all rows that have none: most observations have no usage, no costs and no parameters.
const NO_TEXTS: readonly string[] = Object.freeze([])
const NOTHING: Readonly<Record<string, never>> = Object.freeze({})

/** Narrows to a JSON object. @throws {LoaderError} `invalid_response` otherwise. */
export function readRecord(value: unknown, field: string): WireRecord {
  if (isRecord(value)) return value
  throw wrongField(field, 'an object', value)
}

/** Tells whether a value is a JSON object: no array, no null. */
export function isRecord(value: unknown): value is WireRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Reads text that must be there. @throws {LoaderError} `invalid_response` if it is missing, empty or no string. */
export function readText(row: WireRecord, name: string, at: string): string {
  const value = row[name]
  if (typeof value === 'string' && value !== '') return value
  throw wrongField(`${at}.${name}`, 'a non-empty string', value)
}

/**
 * Reads text that may be missing. Langfuse writes "none" as null, as an empty string or not at all, depending on the column:
 * all three become `null`.
 *
 * @throws {LoaderError} `invalid_response` if it is anything else.
 */
export function readOptionalText(row: WireRecord, name: string, at: string): string | null {
  const value = row[name]
  if (value === undefined || value === null || value === '') return null
  if (typeof value === 'string') return value
  throw wrongField(`${at}.${name}`, 'a string or null', value)
}

/** Reads a number that may be missing. @throws {LoaderError} `invalid_response` if it is something else. */
export function readOptionalNumber(row: WireRecord, name: string, at: string): number | null {
  const value = row[name]
  if (value === undefined || value === null) return null
  if (typeof value === 'number') return value
  throw wrongField(`${at}.${name}`, 'a number or null', value)
}

/** Reads a flag; missing is `false`. @throws {LoaderError} `invalid_response` if it is something else. */
export function readFlag(row: WireRecord, name: string, at: string): boolean {
  const value = row[name]
  if (value === undefined || value === null) return false
  if (typeof value === 'boolean') return value
  throw wrongField(`${at}.${name}`, 'a boolean', value)
}

/** Reads a time that must be there. @throws {LoaderError} `invalid_response` if it is no ISO 8601 time. */
export function readTime(row: WireRecord, name: string, at: string): Date {
  const time = readOptionalTime(row, name, at)
  if (time === null) throw wrongField(`${at}.${name}`, 'an ISO 8601 time', row[name])
  return time
}

/** Reads a time that may be missing. @throws {LoaderError} `invalid_response` if it is something else. */
export function readOptionalTime(row: WireRecord, name: string, at: string): Date | null {
  const millis = readOptionalMillis(row, name, at)
  return millis === null ? null : new Date(millis)
}

/** Like {@link readOptionalTime}, in milliseconds since the epoch. @throws {LoaderError} `invalid_response` if it is something else. */
export function readOptionalMillis(row: WireRecord, name: string, at: string): number | null {
  const value = row[name]
  if (value === undefined || value === null) return null
  const millis = typeof value === 'string' ? parseUtcTime(value) : Number.NaN
  if (!Number.isNaN(millis)) return millis
  throw wrongField(`${at}.${name}`, 'an ISO 8601 time or null', value)
}

/** Reads a list of strings; missing is empty. @throws {LoaderError} `invalid_response` if it is something else. */
export function readTextList(row: WireRecord, name: string, at: string): readonly string[] {
  const value = row[name]
  if (value === undefined || value === null) return NO_TEXTS
  if (!Array.isArray(value)) throw wrongField(`${at}.${name}`, 'a list of strings', value)
  const list: readonly unknown[] = value
  // The list itself is handed on: for thousands of rows a second a copy would cost more than the check.
  if (isTextList(list)) return list
  const index = list.findIndex((item) => typeof item !== 'string')
  throw wrongField(`${at}.${name}[${index}]`, 'a string', list[index])
}

function isTextList(list: readonly unknown[]): list is readonly string[] {
  return list.every((item) => typeof item === 'string')
}

/** Reads an object; missing is empty. @throws {LoaderError} `invalid_response` if it is something else. */
export function readOptionalRecord(row: WireRecord, name: string, at: string): WireRecord {
  const value = row[name]
  if (value === undefined || value === null) return NOTHING
  if (isRecord(value)) return value
  throw wrongField(`${at}.${name}`, 'an object', value)
}

/** Reads an object of numbers; missing is empty. @throws {LoaderError} `invalid_response` if it is something else. */
export function readAmounts(row: WireRecord, name: string, at: string): Readonly<Record<string, number>> {
  const record = readOptionalRecord(row, name, at)
  if (isAmounts(record)) return record
  const wrong = Object.entries(record).find(([, value]) => typeof value !== 'number')
  throw wrongField(`${at}.${name}.${wrong?.[0]}`, 'a number', wrong?.[1])
}

function isAmounts(record: WireRecord): record is Readonly<Record<string, number>> {
  // JSON.parse makes own keys only, so nothing is inherited here.
  for (const key in record) if (typeof record[key] !== 'number') return false
  return true
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'an array'
  if (value === '') return 'an empty string'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
