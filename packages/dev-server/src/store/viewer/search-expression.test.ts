import { describe, expect, it } from 'vitest'
import { searchExpression } from './search-expression.js'

describe('searchExpression()', () => {
  it.each([
    ['refund policy', '"refund" AND "policy" *'],
    ['"refund policy"', '"refund policy"'],
    ['"refund policy" late', '"refund policy" AND "late" *'],
    ['refund ', '"refund"'],
    ['NEAR(a b) OR x:*', '"NEAR(a" AND "b)" AND "OR" AND "x:*"'],
    ['an "open quote', '"an" AND "open quote" *'],
    ['nul\0byte', '"nul" AND "byte" *'],
    ['日本語', '"日本語" *'],
  ])('searchExpression() turns %j into %s', (text, expected) => {
    expect(searchExpression(text)).toBe(expected)
  })

  it.each(['', '   ', '""', '{}', '--- "!"'])('searchExpression() finds no word in %j', (text) => {
    expect(searchExpression(text)).toBeUndefined()
  })
})
