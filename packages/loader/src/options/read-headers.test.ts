import { describe, expect, it } from 'vitest'
import { LoaderError } from '../loader-error.js'
import { readHeaders } from './read-headers.js'

describe('readHeaders()', () => {
  it.each<[string, unknown, Record<string, string>]>([
    ['none', {}, {}],
    ['names in any case', { 'X-Tenant': 'a', HOST: 'inner' }, { 'x-tenant': 'a', host: 'inner' }],
    ['an empty value, a tab and Latin-1', { a: '', b: 'x\ty', c: 'café' }, { a: '', b: 'x\ty', c: 'café' }],
    [
      'headers for a proxy or gateway',
      { 'Proxy-Authorization': 'Basic eA==' },
      { 'proxy-authorization': 'Basic eA==' },
    ],
    ['an object without a prototype', Object.assign(Object.create(null), { a: '1' }), { a: '1' }],
  ])('readHeaders() takes %s', (_, value, expected) => {
    expect(readHeaders(value)).toEqual(expected)
  })

  it.each<[string, unknown, string]>([
    ['a name with a space', { 'x y': 'secret' }, "'x y' is not a header that can be sent"],
    ['an empty name', { '': 'secret' }, "'' is not a header that can be sent"],
    ['a header that is smuggled in', { x: 'secret\r\ny: 2' }, "'x' is not a header that can be sent"],
    ['a value beyond Latin-1', { x: 'secret ✓' }, "'x' is not a header that can be sent"],
    ['a value that is no text', { x: 5 }, "'x' is not a header that can be sent"],
    ['a list of values', { x: ['secret'] }, "'x' is not a header that can be sent"],
    ['nothing', null, 'it is no plain object'],
    ['text', 'x: secret', 'it is no plain object'],
    ['pairs', [['x', 'secret']], 'it is no plain object'],
    ['a Headers object', new Headers({ x: 'secret' }), 'it is no plain object'],
    ['a Map', new Map([['x', 'secret']]), 'it is no plain object'],
  ])('readHeaders() refuses %s', (_, value, message) => {
    const act = () => readHeaders(value)
    expect(act).toThrow(LoaderError)
    expect(act).toThrow(`Invalid option headers: ${message}`)
    expect(act).not.toThrow('secret')
  })

  it.each([
    ...['connection', 'content-length', 'expect', 'keep-alive'],
    ...['proxy-connection', 'te', 'trailer', 'transfer-encoding', 'Transfer-Encoding', 'upgrade'],
  ])('readHeaders() refuses %s, which belongs to the connection', (name) => {
    expect(() => readHeaders({ accept: 'application/json', [name]: 'x' })).toThrow(
      `Invalid option headers: '${name}' belongs to the connection: leave it out: the HTTP client sets it`,
    )
  })
})
