import type { ProtobufWriter } from './protobuf-writer.js'
import { BYTES, FIXED64, tagOf, VARINT } from './wire-type.js'

// Field numbers of opentelemetry/proto/common/v1/common.proto: KeyValue, AnyValue, and the lists that hold them.
const KEY = tagOf(1, BYTES)
const VALUE = tagOf(2, BYTES)
const STRING = tagOf(1, BYTES)
const BOOL = tagOf(2, VARINT)
const INT = tagOf(3, VARINT)
const DOUBLE = tagOf(4, FIXED64)
const ARRAY = tagOf(5, BYTES)
const RECORD = tagOf(6, BYTES)
const BINARY = tagOf(7, BYTES)
const ITEM = tagOf(1, BYTES)

/** Arrays and records in one another: readers of protobuf follow 100 messages by default, and a record is three. */
const MOST_LEVELS = 31

/** Items of one attribute, all levels together: records that share their parts unfold into more than memory holds. */
const MOST_ITEMS = 1_000_000

/**
 * Writes attributes, in the order of their keys.
 *
 * @param writer - Where to.
 * @param tag - The field of the message they belong to.
 * @param attributes - The attributes. Values that the API does not admit but other SDKs record are written as OpenTelemetry's own encoder
 *   does: bytes and records as such, whatever OTLP has no name for without a value.
 * @throws Whatever a getter throws; {@link RangeError} if a value has more items than can be meant.
 */
export function encodeAttributes(writer: ProtobufWriter, tag: number, attributes: object | undefined): void {
  for (const key in attributes) {
    if (!Object.hasOwn(attributes, key)) continue
    // Its own property, so it has one of that name.
    encodeAttribute(writer, tag, key, (attributes as Record<string, unknown>)[key], undefined)
  }
}

/** What is known on the way into nested values. */
interface Nesting {
  /** The arrays and records that the value is inside of. */
  readonly around: object[]
  items: number
}

function encodeAttribute(
  writer: ProtobufWriter,
  tag: number,
  key: string,
  value: unknown,
  nesting: Nesting | undefined,
): void {
  // Nearly all attributes are texts: their lengths can be told at once.
  const expectedBytes = typeof value === 'string' ? value.length + 3 : 9
  writer.open(tag, expectedBytes + key.length + 4)
  writer.writeText(KEY, key)
  writer.open(VALUE, expectedBytes)
  encodeValue(writer, value, nesting)
  writer.close()
  writer.close()
}

function encodeValue(writer: ProtobufWriter, value: unknown, nesting: Nesting | undefined): void {
  if (typeof value === 'string') writer.writeText(STRING, value)
  else if (typeof value === 'boolean') writer.writeUint32(BOOL, value ? 1 : 0)
  else if (typeof value === 'number') encodeNumber(writer, value)
  else if (value instanceof Uint8Array) writer.writeBytes(BINARY, value)
  else if (typeof value === 'object' && value !== null) encodeNested(writer, value, nesting)
}

// Whole numbers are integers as far as 64 bits go, which is further than they are safe: a double holds them exactly or not at all.
function encodeNumber(writer: ProtobufWriter, value: number): void {
  if (Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 63) writer.writeInt64(INT, value)
  else writer.writeDouble(DOUBLE, value)
}

function encodeNested(writer: ProtobufWriter, value: object, nesting: Nesting = { around: [], items: 0 }): void {
  const { around } = nesting
  const isArray = Array.isArray(value)
  if (around.includes(value)) writer.writeText(STRING, '[Circular]')
  else if (around.length === MOST_LEVELS) writer.writeText(STRING, isArray ? '[Array]' : '[Object]')
  else {
    around.push(value)
    writer.open(isArray ? ARRAY : RECORD, 128)
    if (isArray) encodeItems(writer, value, nesting)
    else encodeMembers(writer, value, nesting)
    writer.close()
    around.pop()
  }
}

function encodeItems(writer: ProtobufWriter, values: readonly unknown[], nesting: Nesting): void {
  for (const value of values) {
    count(nesting)
    writer.open(ITEM, typeof value === 'string' ? value.length + 2 : 9)
    encodeValue(writer, value, nesting)
    writer.close()
  }
}

function encodeMembers(writer: ProtobufWriter, record: object, nesting: Nesting): void {
  for (const key in record) {
    if (!Object.hasOwn(record, key)) continue
    count(nesting)
    encodeAttribute(writer, ITEM, key, (record as Record<string, unknown>)[key], nesting)
  }
}

function count(nesting: Nesting): void {
  if (++nesting.items > MOST_ITEMS) throw new RangeError(`Cannot encode an attribute of more than ${MOST_ITEMS} items`)
}
