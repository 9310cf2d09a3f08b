import { describe, expect, it } from 'vitest'
import { cutString } from './cut-string.js'
import { utf8Length } from './utf8-length.js'

describe('cutString()', () => {
  it.each([
    ['', 0, ''],
    ['abc', 3, 'abc'],
    ['abc', 2, 'ab…[cut 1 characters]'],
    ['abc', 0, '…[cut 3 characters]'],
    ['éé', 4, 'éé'],
    ['éé', 3, 'é…[cut 1 characters]'],
    ['日本', 5, '日…[cut 1 characters]'],
    ['😀😀', 8, '😀😀'],
    ['😀😀', 7, '😀…[cut 2 characters]'],
    ['😀', 3, '…[cut 2 characters]'],
    ['\ud800a', 3, '\ud800…[cut 1 characters]'],
    ['a\udc00', 2, 'a…[cut 1 characters]'],
  ])('cutString(%j, %d) is %j', (text, maxBytes, expected) => {
    expect(cutString(text, maxBytes)).toBe(expected)
  })
})

describe('utf8Length()', () => {
  it.each(['', 'abc', 'é', '日本', '😀', 'a😀é', '\u0000', '\u007f\u0080\u07ff\u0800\uffff'])(
    'utf8Length(%j) is what Buffer says',
    (text) => {
      expect(utf8Length(text)).toBe(Buffer.byteLength(text))
    },
  )

  it.each([['\ud800'], ['\udc00'], ['\ud800\ud800'], ['\udc00\ud800'], ['a\ud800b']])(
    'utf8Length(%j) counts three bytes for half a pair',
    (text) => {
      expect(utf8Length(text)).toBe(Buffer.byteLength(text))
    },
  )
})
