import { describe, expect, it } from 'vitest'
import { cutToWidth, textWidth } from './text-width.js'

describe('textWidth()', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['naïve', 5],
    ['nai\u0308ve', 5],
    ['日本', 4],
    ['한글', 4],
    ['ｶﾅ', 2],
    ['Ａ', 2],
    ['👩‍👩‍👧', 2],
    ['❤️', 2],
    ['␛', 1],
  ])('measures %j as a terminal shows it', (text, columns) => {
    expect(textWidth(text)).toBe(columns)
  })
})

describe('cutToWidth()', () => {
  it.each([
    ['', 1, ''],
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['abc', 1, '…'],
    ['日本語', 6, '日本語'],
    ['日本語', 5, '日本…'],
    ['日本語', 4, '日…'],
    ['a👩‍👩‍👧b', 3, 'a…'],
    ['a👩‍👩‍👧b', 4, 'a👩‍👩‍👧b'],
  ])('cuts %j to %i columns between graphemes', (text, columns, cut) => {
    expect(cutToWidth(text, columns)).toBe(cut)
    expect(textWidth(cut)).toBeLessThanOrEqual(columns)
  })
})
