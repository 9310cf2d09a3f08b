import { describe, expect, it } from 'vitest'
import { sqlJson, sqlText } from './sql-value.js'

describe('sqlText()', () => {
  it('sqlText() replaces NULs alone', () => {
    expect(sqlText('a\0b\0')).toBe('a\uFFFDb\uFFFD')
    expect(sqlText('plain 😀 \\0')).toBe('plain 😀 \\0')
  })
})

describe('sqlJson()', () => {
  it.each<[string, unknown, unknown]>([
    ['a NUL', 'a\0b', 'a\uFFFDb'],
    ['a lone high surrogate', ['\uD83D'], ['\uFFFD']],
    ['a lone low surrogate', { key: '\uDE00!' }, { key: '\uFFFD!' }],
    ['surrogates in the wrong order', '\uDE00\uD83D', '\uFFFD\uFFFD'],
    ['a key', { '\uD800': 1, 'n\0': 2 }, { '\uFFFD': 1, 'n\uFFFD': 2 }],
    ['behind a backslash', '\\\uD800\\\\\0', '\\\uFFFD\\\\\uFFFD'],
    ['not a pair', '😀\uE000\uD7FF', '😀\uE000\uD7FF'],
    ['not what only looks like one', '\\ud800 \\u0000 \\\\ud800', '\\ud800 \\u0000 \\\\ud800'],
    ['not other control characters', '\u0001\u001f\n"\\', '\u0001\u001f\n"\\'],
  ])('sqlJson() replaces %s', (_what, value, expected) => {
    expect(JSON.parse(sqlJson(value))).toEqual(expected)
  })
})
