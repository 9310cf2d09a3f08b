import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { readHeaders } from './http-headers.js'

describe('readHeaders()', () => {
  it.each<[string, unknown, Record<string, string>]>([
    ['a record', { 'X-Team': 'a' }, { 'X-Team': 'a' }],
    ['nothing', {}, {}],
    ['a record without a prototype', Object.assign(Object.create(null), { a: '1' }), { a: '1' }],
    ['a record of another realm', runInNewContext('({ a: "1" })'), { a: '1' }],
    ['a Map', new Map([['x-team', 'a']]), { 'x-team': 'a' }],
    ['Headers', new Headers({ 'X-Team': 'a', b: 'ü' }), { 'x-team': 'a', b: 'ü' }],
  ])('readHeaders() takes %s', (_case, given, expected) => {
    expect(readHeaders(given)).toEqual(expected)
  })

  it.each<[string, unknown, string]>([
    ['a text', 'x-team: a', 'is a string, expected an object, a Map or Headers'],
    ['a function', () => ({}), 'is a function, expected an object, a Map or Headers'],
    ['pairs', [['x-team', 'a']], 'is an array, expected an object, a Map or Headers'],
    ['a Set', new Set(['x-team']), 'is a Set, expected an object, a Map or Headers'],
    ['a promise', Promise.resolve({}), 'is a Promise, expected an object, a Map or Headers'],
    ['a date', new Date(), 'is a Date, expected an object, a Map or Headers'],
    [
      'a name with a space',
      { 'x y': 'v' },
      'is unusable at "x y", expected HTTP header names with one-line string values',
    ],
    [
      'a Map with a number for a name',
      new Map([[1, 'v']]),
      'is unusable at a name that is a number, expected HTTP header names with one-line string values',
    ],
    [
      'a Map with a list for a value',
      new Map([['x', ['sk-secret']]]),
      'is unusable at "x", expected HTTP header names with one-line string values',
    ],
    ...['transfer-encoding', 'Content-Encoding', 'content-length', 'Content-Type', 'HOST'].map(
      (name): [string, unknown, string] => [
        name,
        { [name]: '1' },
        `is unusable at "${name}", expected none that the body of each request decides`,
      ],
    ),
  ])('readHeaders() refuses %s', (_case, given, message) => {
    expect(() => readHeaders(given)).toThrow(
      expect.objectContaining({ option: 'headers', message: `Cannot configure tracing: headers ${message}` }),
    )
  })
})
