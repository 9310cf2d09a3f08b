import { expect, it } from 'vitest'
import { maskFile } from './mask-file.js'
import type { MaskRule } from './mask-rule.js'
import { maskWith } from './outgoing-span.fixture.js'

const PLACE = { key: 'langfuse.observation.input', spanName: 'look' }
const PNG = Buffer.from('89504e470d0a1a0a6a616e65406578616d706c652e636f6d', 'hex')

function masked(bytes: Uint8Array, contentType: string, rules: readonly MaskRule[]): Uint8Array {
  return maskFile(bytes, contentType, PLACE, maskWith(rules).mask)
}

it.each<[string, Buffer, string, readonly MaskRule[], Buffer]>([
  ['text', Buffer.from('to jane@example.com'), 'text/plain', ['email'], Buffer.from('to <email>')],
  [
    'text that says it is binary',
    Buffer.from('jane@example.com'),
    'application/pdf',
    ['email'],
    Buffer.from('<email>'),
  ],
  [
    'JSON',
    Buffer.from('{"a":"jane\\u0040example.com"}'),
    'application/json',
    ['email'],
    Buffer.from('{"a":"<email>"}'),
  ],
  [
    'Latin-1',
    Buffer.from('für jane@example.com', 'latin1'),
    'Text/CSV',
    ['email'],
    Buffer.from('für <email>', 'latin1'),
  ],
  ['a rule that hides all', Buffer.from('text'), 'text/plain', [() => 'X'], Buffer.from('X')],
  [
    'a rule that fails',
    Buffer.from('text'),
    'text/plain',
    [() => JSON.parse('{')],
    Buffer.from('<masked: a rule failed>'),
  ],
])('maskFile() masks %s', (_what, bytes, contentType, rules, expected) => {
  expect(String(masked(bytes, contentType, rules))).toBe(String(expected))
})

it.each<[string, Buffer, string]>([
  ['a picture', PNG, 'image/png'],
  ['text without a hit', Buffer.from('nothing'), 'text/plain'],
  ['nothing', Buffer.alloc(0), 'text/plain'],
])('maskFile() leaves %s as it is', (_what, bytes, contentType) => {
  expect(masked(bytes, contentType, ['email'])).toBe(bytes)
})

it('maskFile() tells a rule where the file was', () => {
  const places: unknown[] = []
  masked(Buffer.from('text'), 'text/plain', [
    (text, at) => {
      places.push(at)
      return text
    },
  ])
  expect(places).toContainEqual(PLACE)
})
