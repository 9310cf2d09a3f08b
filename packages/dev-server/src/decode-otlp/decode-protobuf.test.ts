import { PbfWriter } from 'pbf'
import { describe, expect, it } from 'vitest'
import { decodeJson } from './decode-json.js'
import { decodeProtobuf, findMissingIds } from './decode-protobuf.js'

// Values no SDK for JavaScript sends, but others do; the field numbers are those of opentelemetry-proto.

type Value = Record<string, unknown>

function writeText(pbf: PbfWriter, tag: number, text: string): void {
  pbf.writeTag(tag, 2)
  pbf.writeString(text)
}

function writeBytes(pbf: PbfWriter, tag: number, bytes: Uint8Array): void {
  pbf.writeTag(tag, 2)
  pbf.writeBytes(bytes)
}

function writeValue(value: Value, pbf: PbfWriter): void {
  if (typeof value.stringValue === 'string') writeText(pbf, 1, value.stringValue)
  if (typeof value.boolValue === 'boolean') {
    pbf.writeTag(2, 0)
    pbf.writeBoolean(value.boolValue)
  }
  if (typeof value.intValue === 'number') {
    pbf.writeTag(3, 0)
    pbf.writeVarint(value.intValue)
  }
  if (value.doubleValue !== undefined) {
    pbf.writeTag(4, 1)
    pbf.writeDouble(Number(value.doubleValue))
  }
  if (isList(value.arrayValue)) pbf.writeMessage(5, writeValues, value.arrayValue.values)
  if (isList(value.kvlistValue)) pbf.writeMessage(6, writeKeyValues, value.kvlistValue.values)
  if (typeof value.bytesValue === 'string') writeBytes(pbf, 7, Buffer.from(value.bytesValue, 'base64'))
}

function writeValues(values: Value[], pbf: PbfWriter): void {
  for (const value of values) pbf.writeMessage(1, writeValue, value)
}

function writeKeyValues(entries: Value[], pbf: PbfWriter): void {
  for (const entry of entries) pbf.writeMessage(1, writeKeyValue, entry)
}

function isList(value: unknown): value is { values: Value[] } {
  return typeof value === 'object' && value !== null && 'values' in value
}

function writeKeyValue({ key, value }: Value, pbf: PbfWriter): void {
  writeText(pbf, 1, String(key))
  if (typeof value === 'object' && value !== null) pbf.writeMessage(2, writeValue, { ...value })
}

interface SpanParts {
  attributes: Value[]
  trace: number[]
  span: number[]
}

/** A request with one span; the resource comes last, which the format allows. */
function encode(attributes: Value[], ids: Omit<SpanParts, 'attributes'>): Uint8Array {
  const pbf = new PbfWriter()
  pbf.writeMessage(1, writeResourceSpans, { attributes, ...ids })
  return pbf.finish()
}

function writeResourceSpans(parts: SpanParts, pbf: PbfWriter): void {
  pbf.writeMessage(2, writeScopeSpans, parts)
  pbf.writeMessage(1, writeKeyValues, [{ key: 'r', value: { stringValue: 'x' } }])
}

function writeScopeSpans(parts: SpanParts, pbf: PbfWriter): void {
  pbf.writeMessage(2, writeSpan, parts)
  pbf.writeMessage(1, (name: string, scope) => writeText(scope, 1, name), 's')
}

function writeSpan({ attributes, trace, span }: SpanParts, pbf: PbfWriter): void {
  if (trace.length > 0) writeBytes(pbf, 1, Uint8Array.from(trace))
  if (span.length > 0) writeBytes(pbf, 2, Uint8Array.from(span))
  writeText(pbf, 5, 'ünï')
  // A field that does not exist yet.
  writeText(pbf, 99, 'from the future')
  for (const attribute of attributes) pbf.writeMessage(9, writeKeyValue, attribute)
}

describe('decodeProtobuf()', () => {
  it('decodeProtobuf() decodes every kind of value as decodeJson() does', () => {
    const attributes: Value[] = [
      { key: 'text', value: { stringValue: '' } },
      { key: 'yes', value: { boolValue: true } },
      { key: 'negative', value: { intValue: -5 } },
      { key: 'large', value: { intValue: 2 ** 53 - 1 } },
      { key: 'double', value: { doubleValue: 0.1 } },
      { key: 'nan', value: { doubleValue: 'NaN' } },
      { key: 'infinite', value: { doubleValue: '-Infinity' } },
      { key: 'bytes', value: { bytesValue: 'aGk=' } },
      {
        key: 'list',
        value: {
          arrayValue: {
            values: [{ intValue: 1 }, { stringValue: 'a' }, { arrayValue: { values: [{ boolValue: false }] } }, {}],
          },
        },
      },
      {
        key: 'map',
        value: { kvlistValue: { values: [{ key: 'k', value: { arrayValue: { values: [{ stringValue: 'v' }] } } }] } },
      },
      { key: 'empty', value: {} },
      { key: '__proto__', value: { stringValue: 'p' } },
      { key: 'twice', value: { intValue: 1 } },
      { key: 'twice', value: { intValue: 2 } },
    ]
    const [decoded] = decodeProtobuf(encode(attributes, { trace: [0xab, 1], span: [2] }))
    const [expected] = decodeJson([
      {
        resource: { attributes: [{ key: 'r', value: { stringValue: 'x' } }] },
        scopeSpans: [{ scope: { name: 's' }, spans: [{ traceId: 'ab01', spanId: '02', name: 'ünï', attributes }] }],
      },
    ])
    expect(decoded).toEqual(expected)
    expect(decoded?.spans[0]?.attributes).toMatchObject({
      negative: -5,
      large: 9007199254740991,
      nan: 'NaN',
      bytes: '{"bytesValue":"aGk="}',
      list: [1, 'a', [false], '{}'],
      empty: '{}',
      twice: 2,
    })
  })

  it('decodeProtobuf() refuses every truncation of a request', () => {
    const whole = encode([{ key: 'k', value: { stringValue: 'value' } }], { trace: [1], span: [2] })
    for (let length = 1; length < whole.length; length++) {
      expect(() => decodeProtobuf(whole.subarray(0, length)), `${length} bytes`).toThrow()
    }
    expect(decodeProtobuf(whole.subarray(0, 0))).toEqual([])
  })

  it('decodeProtobuf() refuses nesting that would exhaust the stack', () => {
    let value: Value = { stringValue: 'deep' }
    for (let depth = 0; depth < 40; depth++) value = { arrayValue: { values: [value] } }
    expect(() => decodeProtobuf(encode([{ key: 'k', value }], { trace: [1], span: [2] }))).toThrow(
      'nest deeper than 32 levels',
    )
  })
})

describe('findMissingIds()', () => {
  it.each([
    [{ trace: [1], span: [2] }, undefined],
    [{ trace: [], span: [2] }, 'Invalid OTLP trace export: 1 of 1 spans cannot be read'],
    [{ trace: [1], span: [] }, 'Invalid OTLP trace export: 1 of 1 spans cannot be read'],
  ])('findMissingIds() judges %j', (ids, expected) => {
    const problem = findMissingIds(decodeProtobuf(encode([], ids)))
    expect(problem?.slice(0, expected?.length)).toBe(expected)
  })
})
