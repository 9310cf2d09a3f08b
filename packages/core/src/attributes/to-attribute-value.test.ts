import { describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS } from '../serialize/limits.js'
import { toAttributeValue } from './to-attribute-value.js'

describe('toAttributeValue()', () => {
  it.each<[unknown, unknown]>([
    ['text', 'text'],
    ['', ''],
    [0, 0],
    [-1.5, -1.5],
    [true, true],
    [false, false],
    [undefined, undefined],
    [null, undefined],
    [Number.NaN, 'null'],
    [Number.POSITIVE_INFINITY, 'null'],
    [10n, '"10"'],
    [{ a: 1 }, '{"a":1}'],
    [new Date(0), '"1970-01-01T00:00:00.000Z"'],
    [[], []],
    [['a'], ['a']],
    [
      [1, 2],
      [1, 2],
    ],
    [[true], [true]],
    [['a', 1], '["a",1]'],
    [['a', null], '["a",null]'],
    [[null], '[null]'],
    [[undefined], '[null]'],
    [[Number.NaN], '[null]'],
    [[{}], '[{}]'],
    // biome-ignore lint/suspicious/noSparseArray: a hole is what is tested.
    [[1, , 2], '[1,null,2]'],
    [() => 1, '"[function]"'],
    [Symbol('s'), '"[symbol]"'],
  ])('toAttributeValue(%o) is %o', (value, expected) => {
    expect(toAttributeValue(value, DEFAULT_LIMITS)).toEqual(expected)
  })

  it('toAttributeValue() sends a list that is too long through the writer', () => {
    const limits = { ...DEFAULT_LIMITS, maxItems: 2 }
    expect(toAttributeValue([1, 2], limits)).toEqual([1, 2])
    expect(toAttributeValue([1, 2, 3], limits)).toBe('[1,2,"…[cut 1 items]"]')
    const narrow = { ...DEFAULT_LIMITS, maxBytes: 12 }
    expect(toAttributeValue(['abcdefgh'], narrow)).toEqual(['abcdefgh'])
    expect(toAttributeValue(['abcdefghi'], narrow)).toBe('["abcdefghi"]')
  })
})
