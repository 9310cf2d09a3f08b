import { isRecord } from '../wire/read-field.js'

/**
 * Turns a value of a table library into plain data: vectors and typed arrays into lists, rows and structs into records, 64-bit integers
 * into numbers.
 *
 * @param value - What a cell holds.
 * @returns Text, numbers, booleans, dates, `null`, and lists and records of them. An integer that no number can hold becomes its digits.
 */
export function plainValue(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value ?? null
  if (Array.isArray(value)) return value.map(plainValue)
  // Before `toJSON`: Node's Buffer has one of its own, which tells of its bytes.
  if (ArrayBuffer.isView(value)) return isBytes(value) ? decoder.decode(value) : plainList(value)
  if ('toJSON' in value && typeof value.toJSON === 'function') return plainValue(value.toJSON())
  return Symbol.iterator in value ? plainList(value) : plainRecord(value)
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

function isBytes(value: ArrayBufferView): value is Uint8Array {
  return value instanceof Uint8Array
}

function plainList(value: object): unknown[] {
  return Symbol.iterator in value ? Array.from(value as Iterable<unknown>, plainValue) : []
}

function plainRecord(value: object): unknown {
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plainValue(inner)]))
}
