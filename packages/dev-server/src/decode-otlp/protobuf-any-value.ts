import type { PbfReader } from 'pbf'
import type { Attributes, AttributeValue } from './attributes.js'
import { MAX_VALUE_DEPTH } from './json-any-value.js'
import { BYTES, expectType, FIXED64, readMessage, VARINT } from './protobuf-message.js'

/**
 * Reads one `KeyValue` into the attributes. Later keys win.
 *
 * Field numbers in this file are those of `opentelemetry/proto/common/v1/common.proto`.
 *
 * @param pbf Positioned at the length of a `KeyValue`.
 * @param attributes Where the value goes.
 * @throws {RangeError} If the value nests deeper than {@link MAX_VALUE_DEPTH}.
 */
export function readAttribute(pbf: PbfReader, attributes: Attributes): void {
  const entry = readMessage(pbf, readKeyValueField, { key: '', value: emptyValue(0) })
  attributes[entry.key] = plainValue(entry.value)
}

interface KeyValue {
  key: string
  value: AnyValue
}

/**
 * A value both ways: `plain` is what an attribute becomes, {@link jsonOf} gives its OTLP/JSON, in which lists of key-value pairs,
 * bytes and empty values are kept: the JSON and the protobuf encoding of a span must read back alike.
 */
interface AnyValue {
  plain: AttributeValue | undefined
  /** The field of a value that is as plain in JSON; nearly all are, and need no JSON of their own. */
  field: string | undefined
  /** The OTLP/JSON of all others. */
  json: Record<string, unknown>
  readonly depth: number
}

const NO_JSON: Record<string, unknown> = Object.freeze({})

function jsonOf({ plain, field, json }: AnyValue): Record<string, unknown> {
  return field === undefined ? json : { [field]: plain }
}

function emptyValue(depth: number): AnyValue {
  if (depth > MAX_VALUE_DEPTH) throw new RangeError(`attribute values nest deeper than ${MAX_VALUE_DEPTH} levels`)
  return { plain: undefined, field: undefined, json: NO_JSON, depth }
}

function plainValue(value: AnyValue): AttributeValue {
  return value.plain ?? JSON.stringify(jsonOf(value))
}

function readKeyValueField(tag: number, entry: KeyValue, pbf: PbfReader): void {
  if (tag === 1) {
    expectType(pbf, BYTES)
    entry.key = pbf.readString()
  } else if (tag === 2) {
    readMessage(pbf, readAnyValueField, entry.value)
  }
}

function readAnyValueField(tag: number, value: AnyValue, pbf: PbfReader): void {
  switch (tag) {
    case 1:
      expectType(pbf, BYTES)
      setPlain(value, 'stringValue', pbf.readString())
      return
    case 2:
      expectType(pbf, VARINT)
      setPlain(value, 'boolValue', pbf.readBoolean())
      return
    case 3:
      expectType(pbf, VARINT)
      setPlain(value, 'intValue', pbf.readVarint(true))
      return
    case 4:
      expectType(pbf, FIXED64)
      setPlain(value, 'doubleValue', finiteOrName(pbf.readDouble()))
      return
    case 5:
      setArray(value, readMessage<AnyValues>(pbf, readArrayField, { items: [], depth: value.depth + 1 }).items)
      return
    case 6: {
      const { entries } = readMessage<KeyValues>(pbf, readListField, { entries: [], depth: value.depth + 1 })
      value.plain = undefined
      value.field = undefined
      value.json = { kvlistValue: { values: entries.map((entry) => ({ key: entry.key, value: jsonOf(entry.value) })) } }
      return
    }
    case 7:
      expectType(pbf, BYTES)
      value.plain = undefined
      value.field = undefined
      value.json = { bytesValue: Buffer.from(pbf.readBytes()).toString('base64') }
  }
}

function setPlain(value: AnyValue, name: string, plain: AttributeValue): void {
  value.plain = plain
  value.field = name
}

function setArray(value: AnyValue, items: readonly AnyValue[]): void {
  value.plain = items.map(plainValue)
  value.field = undefined
  value.json = { arrayValue: { values: items.map(jsonOf) } }
}

interface AnyValues {
  readonly items: AnyValue[]
  readonly depth: number
}

function readArrayField(tag: number, values: AnyValues, pbf: PbfReader): void {
  if (tag === 1) values.items.push(readMessage(pbf, readAnyValueField, emptyValue(values.depth)))
}

interface KeyValues {
  readonly entries: KeyValue[]
  readonly depth: number
}

function readListField(tag: number, list: KeyValues, pbf: PbfReader): void {
  if (tag === 1) list.entries.push(readMessage(pbf, readKeyValueField, { key: '', value: emptyValue(list.depth) }))
}

/** NaN and the infinities are not JSON; OTLP/JSON spells them out, and so do we. */
function finiteOrName(number: number): number | string {
  return Number.isFinite(number) ? number : String(number)
}
