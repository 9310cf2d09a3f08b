import { isRecord } from '../is-record.js'
import { nestsTooDeep } from '../nests-too-deep.js'
import { type Attributes, type AttributeValue, emptyAttributes } from './attributes.js'

/** Deeper nesting than any instrumentation makes; the limit keeps hostile input off the call stack. */
export const MAX_VALUE_DEPTH = 32

/**
 * The attributes of an OTLP/JSON list of `{ key, value }`. Later keys win; entries without a string key are dropped.
 *
 * @param list What stood in `attributes`: an array, or nothing.
 * @returns The plain values by key.
 * @throws {RangeError} If a value nests deeper than {@link MAX_VALUE_DEPTH}.
 */
export function attributesFromJson(list: unknown): Attributes {
  const attributes = emptyAttributes()
  if (!Array.isArray(list)) return attributes
  for (const entry of list) {
    if (isRecord(entry) && typeof entry.key === 'string') attributes[entry.key] = valueFromJson(entry.value, 0)
  }
  return attributes
}

function valueFromJson(value: unknown, depth: number): AttributeValue {
  if (depth > MAX_VALUE_DEPTH) throw tooDeep()
  // An empty AnyValue stands for null; Langfuse keeps its JSON.
  if (!isRecord(value)) return '{}'
  if (typeof value.stringValue === 'string') return value.stringValue
  const number = doubleFromJson(value.doubleValue)
  if (number !== undefined) return number
  if (typeof value.boolValue === 'boolean') return value.boolValue
  const values = isRecord(value.arrayValue) ? value.arrayValue.values : undefined
  if (Array.isArray(values)) return values.map((item) => valueFromJson(item, depth + 1))
  return integerFromJson(value.intValue) ?? jsonText(value, depth)
}

/** Key-value lists, bytes and what is no AnyValue stay JSON. A level of a list takes four of JSON, its last value one more. */
function jsonText(value: Record<string, unknown>, depth: number): string {
  if (nestsTooDeep(value, 4 * (MAX_VALUE_DEPTH - depth) + 1)) throw tooDeep()
  return JSON.stringify(value)
}

function tooDeep(): RangeError {
  return new RangeError(`attribute values nest deeper than ${MAX_VALUE_DEPTH} levels`)
}

function doubleFromJson(value: unknown): number | string | undefined {
  if (typeof value === 'number') return value
  if (typeof value !== 'string') return undefined
  // The protobuf JSON mapping writes NaN and the infinities as strings; as numbers they would not survive JSON again.
  const number = Number(value)
  return Number.isFinite(number) ? number : value
}

function integerFromJson(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value !== 'string') return undefined
  const number = Number(value)
  return Number.isNaN(number) ? undefined : number
}
