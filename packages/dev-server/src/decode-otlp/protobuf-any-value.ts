import type { Attributes, AttributeValue } from './attributes.js'
import { MAX_VALUE_DEPTH } from './json-any-value.js'
import { BYTES, expectType, FIXED64, readMessage, readUntil, VARINT } from './protobuf-message.js'
import type { ProtobufReader } from './protobuf-reader.js'

/**
 * Reads one `KeyValue` into the attributes. Later keys win.
 *
 * Field numbers in this file are those of `opentelemetry/proto/common/v1/common.proto`.
 *
 * @param pbf Positioned at the length of a `KeyValue`.
 * @param attributes Where the value goes.
 * @throws {RangeError} If the value nests deeper than {@link MAX_VALUE_DEPTH}.
 */
export function readAttribute(pbf: ProtobufReader, attributes: Attributes): void {
  expectType(pbf, BYTES)
  const end = pbf.readVarint() + pbf.pos
  if (end <= pbf.length && readTextAttribute(pbf, end, attributes)) return
  const entry = readUntil(pbf, end, readKeyValueField, { key: '', value: emptyValue(0) })
  attributes[entry.key] = plainValue(entry.value)
}

/** The tag of field 1, which has a length: the key of an attribute, and the string of a value. */
const TAG_1 = (1 << 3) | BYTES
/** The tag of field 2, which has a length: the value of an attribute. */
const TAG_2 = (2 << 3) | BYTES

/**
 * Reads what nearly all attributes are, a key and a string and nothing else, without an object for each of their messages.
 *
 * @returns Whether it was that; if not, nothing was read.
 */
function readTextAttribute(pbf: ProtobufReader, end: number, attributes: Attributes): boolean {
  const start = pbf.pos
  if (pbf.buf[pbf.pos++] === TAG_1) {
    const key = pbf.readKey()
    if (pbf.buf[pbf.pos++] === TAG_2 && pbf.readVarint() + pbf.pos === end && pbf.buf[pbf.pos++] === TAG_1) {
      const text = pbf.readText()
      if (pbf.pos === end) {
        attributes[key] = text
        return true
      }
    }
  }
  pbf.pos = start
  return false
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

function readKeyValueField(tag: number, entry: KeyValue, pbf: ProtobufReader): void {
  if (tag === 1) {
    entry.key = pbf.readKey()
  } else if (tag === 2) {
    readMessage(pbf, readAnyValueField, entry.value)
  }
}

function readAnyValueField(tag: number, value: AnyValue, pbf: ProtobufReader): void {
  switch (tag) {
    case 1:
      setPlain(value, 'stringValue', pbf.readText())
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
    case 5: {
      const values: AnyValues = { items: [], depth: value.depth + 1 }
      setArray(value, readMessage(pbf, readArrayField, values).items)
      return
    }
    case 6: {
      const list: KeyValues = { entries: [], depth: value.depth + 1 }
      const { entries } = readMessage(pbf, readListField, list)
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

function readArrayField(tag: number, values: AnyValues, pbf: ProtobufReader): void {
  if (tag === 1) values.items.push(readMessage(pbf, readAnyValueField, emptyValue(values.depth)))
}

interface KeyValues {
  readonly entries: KeyValue[]
  readonly depth: number
}

function readListField(tag: number, list: KeyValues, pbf: ProtobufReader): void {
  if (tag === 1) list.entries.push(readMessage(pbf, readKeyValueField, { key: '', value: emptyValue(list.depth) }))
}

/** NaN and the infinities are not JSON; OTLP/JSON spells them out, and so do we. */
function finiteOrName(number: number): number | string {
  return Number.isFinite(number) ? number : String(number)
}
