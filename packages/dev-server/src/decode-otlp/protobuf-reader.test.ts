import { PbfWriter } from 'pbf'
import { describe, expect, it } from 'vitest'
import type { Attributes } from './attributes.js'
import { emptyAttributes } from './attributes.js'
import { readAttribute } from './protobuf-any-value.js'
import { ProtobufReader } from './protobuf-reader.js'

/** The fields of a message in the order given, each a number and its bytes. */
function message(...fields: readonly (readonly [number, Uint8Array | string])[]): Uint8Array {
  const pbf = new PbfWriter()
  for (const [tag, content] of fields) {
    pbf.writeTag(tag, 2)
    pbf.writeBytes(typeof content === 'string' ? Buffer.from(content) : content)
  }
  return pbf.finish()
}

function readAll(body: Uint8Array, read: (reader: ProtobufReader) => string): string[] {
  const reader = new ProtobufReader(body)
  const found: string[] = []
  while (reader.nextField() !== 0) found.push(read(reader))
  return found
}

describe('ProtobufReader', () => {
  it('readKey() gives every key as it is, however many there are and however alike they look', () => {
    // Same length, same last and middle character: they all claim one place.
    const alike = Array.from({ length: 300 }, (_, index) => `${String(index).padStart(4, '0')}-key-é`)
    const keys = [...alike, ...alike, '', 'a', '', 'a', 'ab', 'b', '__proto__', '__proto__', '\u{1f600}', '\u{1f600}']
    expect(readAll(message(...keys.map((key) => [1, key] as const)), (reader) => reader.readKey())).toEqual(keys)
  })

  it('readKey() gives one string for a key that comes again', () => {
    const body = message([1, 'langfuse.user.id'], [1, 'langfuse.user.id'])
    const reader = new ProtobufReader(body)
    reader.nextField()
    const first = reader.readKey()
    // Were it read again, it would be what stands there now.
    body.fill('X'.charCodeAt(0), 2, 4)
    body.fill('X'.charCodeAt(0), body.length - 16, body.length - 14)
    reader.nextField()
    expect([first, reader.readKey()]).toEqual(['langfuse.user.id', 'langfuse.user.id'])
  })

  it.each([
    ['', ''],
    ['plain', 'plain'],
    ['\uFEFFmarked', '\uFEFFmarked'],
    ['z\u00fc\u{1f600}', 'z\u00fc\u{1f600}'],
    [Buffer.from([0x61, 0xff, 0xe2, 0x82, 0x62]), 'a\uFFFD\uFFFDb'],
  ])('readText() reads %j', (content, text) => {
    const body = message([1, content])
    expect(readAll(body, (reader) => reader.readText())).toEqual([text])
    // A view of a larger buffer: what node gives for small bodies.
    const shifted = Buffer.concat([Buffer.from('before'), body]).subarray(6)
    expect(readAll(shifted, (reader) => reader.readText())).toEqual([text])
  })

  it('readHex() reads bytes', () => {
    const body = message([1, Buffer.from([0, 15, 255])], [1, ''])
    expect(readAll(body, (reader) => reader.readHex())).toEqual(['000fff', ''])
  })
})

describe('readAttribute()', () => {
  const text = (value: string): Uint8Array => message([1, value])

  it.each<[string, Uint8Array, Attributes]>([
    ['a key and a text', message([1, 'k'], [2, text('v')]), { k: 'v' }],
    ['an empty text', message([1, 'k'], [2, text('')]), { k: '' }],
    ['an empty key', message([1, ''], [2, text('v')]), { '': 'v' }],
    ['the value first', message([2, text('v')], [1, 'k']), { k: 'v' }],
    ['two texts, of which the last counts', message([1, 'k'], [2, message([1, 'a'], [1, 'b'])]), { k: 'b' }],
    ['two values, of which the last counts', message([1, 'k'], [2, text('a')], [2, text('b')]), { k: 'b' }],
    ['two keys, of which the last counts', message([1, 'j'], [1, 'k'], [2, text('v')]), { k: 'v' }],
    ['a field nobody knows', message([1, 'k'], [2, text('v')], [9, 'new']), { k: 'v' }],
    ['no value', message([1, 'k']), { k: '{}' }],
    ['an empty value', message([1, 'k'], [2, '']), { k: '{}' }],
    ['nothing', message(), { '': '{}' }],
    ['bytes', message([1, 'k'], [2, message([7, 'v'])]), { k: '{"bytesValue":"dg=="}' }],
  ])('readAttribute() reads %s', (_name, keyValue, expected) => {
    // What follows must not be taken for a part of it.
    const reader = new ProtobufReader(message([9, keyValue], [2, text('next')]))
    reader.nextField()
    const attributes = emptyAttributes()
    readAttribute(reader, attributes)
    expect({ ...attributes }).toEqual(expected)
    expect([reader.nextField(), reader.readText()]).toEqual([2, '\n\u0004next'])
  })
})
