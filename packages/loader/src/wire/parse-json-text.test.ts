import { describe, expect, it } from 'vitest'
import { parseJsonText } from './parse-json-text.js'

describe('parseJsonText()', () => {
  it.each<[unknown, unknown]>([
    [null, null],
    [undefined, null],
    ['', null],
    ['null', null],
    ['hello', 'hello'],
    ['"hello"', 'hello'],
    [' {"a": 1}', { a: 1 }],
    ['[1,2]', [1, 2]],
    ['42', 42],
    ['-0.5', -0.5],
    ['true', true],
    // What a number would not give back as it was written stays text.
    ['1e3', '1e3'],
    ['1.0', '1.0'],
    ['-0', '-0'],
    ['007', '007'],
    ['12345678901234567890', '12345678901234567890'],
    // Begins like JSON and is none.
    ['{broken', '{broken'],
    ['[see above]', '[see above]'],
    ['true story', 'true story'],
    ['none', 'none'],
    ['   ', '   '],
    // Parsed already, by some other server.
    [{ a: 1 }, { a: 1 }],
    [7, 7],
  ])('parseJsonText() makes of %j: %j', (text, expected) => {
    expect(parseJsonText(text)).toEqual(expected)
  })

  it('parseJsonText() keeps a hostile key an ordinary one', () => {
    const parsed = parseJsonText('{"__proto__":{"polluted":true}}')
    expect(Object.keys(Object(parsed))).toEqual(['__proto__'])
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })
})
