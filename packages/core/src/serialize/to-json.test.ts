import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { isPlainJson } from './is-plain-json.js'
import { DEFAULT_LIMITS, type SerializeLimits } from './limits.js'
import { toJson } from './to-json.js'
// For the hashes of bytes.
import '../node.js'

const explode = (): never => {
  throw new Error('hostile')
}
const limits = (given: Partial<SerializeLimits>): SerializeLimits => ({ ...DEFAULT_LIMITS, ...given })

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

function cycle(): object {
  const a: Record<string, unknown> = { name: 'a' }
  a.self = a
  a.list = [a, { a }]
  return a
}

function nested(depth: number): unknown {
  let value: unknown = 'deep'
  for (let i = 0; i < depth; i++) value = { v: value }
  return value
}

function errorOf(message: string, options?: ErrorOptions): Error {
  return Object.assign(new Error(message, options), { stack: `Error: ${message}` })
}

class Point {
  readonly #secret = 1
  x = 1
  get computed(): number {
    return this.#secret
  }
}

class Empty {}

describe('toJson()', () => {
  it.each<[string, unknown, string]>([
    // What JSON has.
    ['text', 'a"b\\c\n', '"a\\"b\\\\c\\n"'],
    ['empty text', '', '""'],
    ['a lone surrogate', '\ud800', '"\\ud800"'],
    ['a number', -1.5e300, '-1.5e+300'],
    ['minus zero', -0, '0'],
    ['NaN', Number.NaN, 'null'],
    ['Infinity', [Number.POSITIVE_INFINITY], '[null]'],
    ['null', null, 'null'],
    ['a record', { a: [1, 'b', null, true], '': {} }, '{"a":[1,"b",null,true],"":{}}'],
    ['undefined members', { a: undefined, b: [undefined] }, '{"b":[null]}'],
    ['a hole', Array(2), '[null,null]'],
    ['no prototype', Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
    ['a member called __proto__', JSON.parse('{"__proto__":1}'), '{"__proto__":1}'],
    ['a member called toString', { toString: 1, constructor: 2 }, '{"toString":1,"constructor":2}'],
    ['a Date', { at: new Date(0) }, '{"at":"1970-01-01T00:00:00.000Z"}'],
    ['a Date that is none', new Date(Number.NaN), 'null'],
    ['boxed scalars', [Object('a'), Object(1), Object(true)], '["a",1,true]'],
    // What JSON loses, or throws on.
    ['undefined', undefined, '"[undefined]"'],
    ['a function', function work() {}, '"[function]"'],
    ['a function without a name', () => {}, '"[function]"'],
    ['a symbol', Symbol('s'), '"[symbol]"'],
    ['functions and symbols inside', { f: explode, s: Symbol('s'), l: [explode] }, '{"l":[null]}'],
    ['a BigInt', 12345678901234567890n, '"12345678901234567890"'],
    ['a BigInt inside', { n: 1n, list: [2n] }, '{"n":"1","list":["2"]}'],
    ['a Map with text keys', new Map([['a', new Map([['b', 1]])]]), '{"a":{"b":1}}'],
    [
      'a Map with other keys',
      new Map<unknown, unknown>([
        [1, 'a'],
        [{ k: 1 }, 'b'],
      ]),
      '[[1,"a"],[{"k":1},"b"]]',
    ],
    ['a Map with __proto__', new Map([['__proto__', 1]]), '{"__proto__":1}'],
    ['a Set that iterates over something else', Object.assign(new Set([1]), { [Symbol.iterator]: explode }), '[1]'],
    ['a Set', new Set([1, 'a', new Set([2])]), '[1,"a",[2]]'],
    ['a RegExp', { r: /a"b/gi }, '{"r":"/a\\"b/gi"}'],
    ['a URL', new URL('https://example.org/a?b=c'), '"https://example.org/a?b=c"'],
    ['URLSearchParams', new URLSearchParams({ a: '1', b: 'x y' }), '"a=1&b=x+y"'],
    [
      'an Error',
      errorOf('outer', { cause: errorOf('inner') }),
      '{"name":"Error","message":"outer","stack":"Error: outer","cause":{"name":"Error","message":"inner","stack":"Error: inner"}}',
    ],
    [
      'an Error with members',
      Object.assign(errorOf('x'), { status: 404, stack: 's' }),
      '{"name":"Error","message":"x","stack":"s","status":404}',
    ],
    [
      'an AggregateError',
      Object.assign(new AggregateError([1], 'all'), { stack: 's' }),
      '{"name":"AggregateError","message":"all","stack":"s","errors":[1]}',
    ],
    ['a Buffer', Buffer.from('hello'), '"[Buffer 5 bytes sha256:2cf24dba5fb0]"'],
    [
      'a Uint8Array',
      { b: new Uint8Array([104, 101, 108, 108, 111]) },
      '{"b":"[Uint8Array 5 bytes sha256:2cf24dba5fb0]"}',
    ],
    ['a Float64Array', new Float64Array(0), '"[Float64Array 0 bytes sha256:e3b0c44298fc]"'],
    ['an ArrayBuffer', new Uint8Array([104, 101, 108, 108, 111]).buffer, '"[ArrayBuffer 5 bytes sha256:2cf24dba5fb0]"'],
    ['a SharedArrayBuffer', new SharedArrayBuffer(0), '"[SharedArrayBuffer 0 bytes sha256:e3b0c44298fc]"'],
    ['a DataView', new DataView(new ArrayBuffer(2)), '"[DataView 2 bytes sha256:96a296d224f2]"'],
    ['a class instance', new Point(), '{"x":1}'],
    ['an empty class instance', new Empty(), '{}'],
    ['a Promise', Promise.resolve(1), '"[Promise]"'],
    ['a WeakMap', new WeakMap(), '"[WeakMap]"'],
    ['a generator', (function* () {})(), '"[Generator]"'],
    ['a record of another realm', runInNewContext('({ a: [1], m: new Map([["k", 1n]]) })'), '{"a":[1],"m":"[Map]"}'],
    // References.
    ['a cycle', cycle(), '{"name":"a","self":"[Circular]","list":["[Circular]",{"a":"[Circular]"}]}'],
    [
      'a cyclic Map',
      (() => {
        const m = new Map()
        return m.set('m', m)
      })(),
      '{"m":"[Circular]"}',
    ],
    [
      'a cyclic cause',
      (() => {
        const e = errorOf('e')
        e.cause = e
        return e
      })(),
      '{"name":"Error","message":"e","stack":"Error: e","cause":"[Circular]"}',
    ],
    [
      'a repeated reference',
      (() => {
        const r = { a: 1n }
        return [r, r, { r }]
      })(),
      '[{"a":"1"},{"a":"1"},{"r":{"a":"1"}}]',
    ],
    // What misbehaves.
    [
      'a getter that throws',
      {
        a: 1,
        get b() {
          return explode()
        },
        c: 3,
      },
      '{"a":1,"b":"[Throws: Error: hostile]","c":3}',
    ],
    ['an item that throws', Object.defineProperty([1, 2, 3], 1, { get: explode }), '[1,"[Throws: Error: hostile]",3]'],
    ['a toJSON', { a: { toJSON: (key: string) => `for ${key}` } }, '{"a":"for a"}'],
    ['a toJSON at the root', { n: 1n, toJSON: (key: string) => [`for ${key}`, 1n] }, '["for ","1"]'],
    ['a toJSON that throws', { a: 1, toJSON: explode }, '{"a":1}'],
    ['a toJSON that gives nothing', { toJSON: () => undefined }, '"[object]"'],
    ['a toJSON that gives nothing inside', [{ toJSON: () => undefined }], '[null]'],
    [
      'a toJSON that gives itself',
      (() => {
        const o = { a: 1, toJSON: (): unknown => o }
        return o
      })(),
      '{"a":1}',
    ],
    ['a toJSON on an array', Object.assign([1], { toJSON: () => 'list' }), '"list"'],
    ['a toJSON on a function', { f: Object.assign(() => 1, { toJSON: () => 'called' }) }, '{"f":"called"}'],
    ['a toJSON that cannot be read', Object.defineProperty({ a: 1 }, 'toJSON', { get: explode }), '{"a":1}'],
    [
      'a revoked Proxy',
      { a: 1, b: revoked() },
      '{"a":1,"b":"[Throws: TypeError: Cannot perform \'getPrototypeOf\' on a proxy that has been revoked]"}',
    ],
    ['a revoked function', Proxy.revocable(() => 1, {}).proxy, '"[function]"'],
    ['a Proxy that throws', [new Proxy({}, { ownKeys: explode })], '["[Throws: Error: hostile]"]'],
    ['a Proxy without a get', new Proxy({ a: 1 }, { get: explode }), '{"a":"[Throws: Error: hostile]"}'],
    ['a Proxy of a list', new Proxy([1, 2], {}), '[1,2]'],
    [
      'a list whose length throws',
      new Proxy([1], { get: (_, k) => (k === 'length' ? explode() : 1) }),
      '"[Throws: Error: hostile]"',
    ],
    [
      'a list whose length is none',
      new Proxy([1], { get: (t, k) => (k === 'length' ? 'many' : Reflect.get(t, k)) }),
      '[]',
    ],
    ['a list with a slice of its own', Object.assign([1n], { slice: explode }), '["1"]'],
    ['a list that iterates forever', Object.assign([1n], { [Symbol.iterator]: explode }), '["1"]'],
    [
      'a number whose valueOf is itself',
      (() => {
        const n = Object(1)
        n.valueOf = () => n
        return [n]
      })(),
      '[1]',
    ],
    ['a number whose valueOf throws', [Object.assign(Object(1), { valueOf: explode })], '["[Throws: Error: hostile]"]'],
    [
      'boxed scalars that others cannot be written with',
      [Object('a'), Object(1), Object(false), 1n],
      '["a",1,false,"1"]',
    ],
    ['a function whose name throws', Object.defineProperty(() => 1, 'name', { get: explode }), '"[function]"'],
    [
      'an error thrown that is none',
      {
        get a() {
          throw { toString: explode }
        },
      },
      '{"a":"[Throws]"}',
    ],
    ['a tag that throws', Object.defineProperty({}, Symbol.toStringTag, { get: explode }), '{}'],
    [
      'a tag of a class that throws',
      Object.defineProperty(new Empty(), Symbol.toStringTag, { get: explode }),
      '"[Throws: Error: hostile]"',
    ],
  ])('toJson() of %s', (_, value, expected) => {
    expect(toJson(value)).toBe(expected)
  })

  it('toJson() gives what JSON.stringify gives for a toJSON on a prototype', () => {
    const prototype = Object.prototype as { toJSON?: unknown }
    try {
      prototype.toJSON = (): string => 'polluted'
      expect(toJson({ a: 1 })).toBe('"polluted"')
    } finally {
      delete prototype.toJSON
    }
  })

  it('toJson() reads a getter that answers differently each time without losing the rest', () => {
    let reads = 0
    const value = {
      a: 1,
      get odd() {
        return reads++ === 0 ? 1 : 2n
      },
    }
    expect(toJson(value)).toBe('{"a":1,"odd":"2"}')
  })
})

describe('toJson() and its limits', () => {
  it.each<[string, unknown, Partial<SerializeLimits>, string]>([
    ['depth', nested(3), { maxDepth: 2 }, '{"v":{"v":"[Object of 1]"}}'],
    ['depth that fits', nested(3), { maxDepth: 3 }, '{"v":{"v":{"v":"deep"}}}'],
    ['depth of lists', [[1, 2]], { maxDepth: 1 }, '["[Array of 2]"]'],
    ['no depth', { a: 1 }, { maxDepth: 0 }, '"[Object of 1]"'],
    ['items', [1, 2, 3], { maxItems: 2 }, '[1,2,"…[cut 1 items]"]'],
    ['items that fit', [1, 2, 3], { maxItems: 3 }, '[1,2,3]'],
    ['no items', [1], { maxItems: 0 }, '["…[cut 1 items]"]'],
    ['keys', { a: 1, b: 2, c: 3 }, { maxItems: 1 }, '{"a":1,"…":"…[cut 2 keys]"}'],
    [
      'a Map',
      new Map([
        ['a', 1],
        ['b', 2],
      ]),
      { maxItems: 1 },
      '{"a":1,"…":"…[cut 1 keys]"}',
    ],
    ['a Set', new Set([1, 2, 3]), { maxItems: 1 }, '[1,"…[cut 2 items]"]'],
    ['bytes of text', 'abcdef', { maxBytes: 4 }, '"ab…[cut 4 characters]"'],
    ['bytes of a list', [1, 2, 3, 4, 5], { maxBytes: 5 }, '[1,2,"…[cut 3 items]"]'],
    ['bytes of a record', { a: 1, b: 2, c: 3 }, { maxBytes: 12 }, '{"a":1,"b":2,"…":"…[cut 1 keys]"}'],
    ['no bytes', { a: 1 }, { maxBytes: 0 }, '{"…":"…[cut 1 keys]"}'],
  ])('toJson() cuts by %s and says so', (_, value, given, expected) => {
    expect(toJson(value, limits(given))).toBe(expected)
  })

  it('toJson() keeps 32 levels by default', () => {
    expect(toJson(nested(32))).toBe(`${'{"v":'.repeat(32)}"deep"${'}'.repeat(32)}`)
    expect(toJson(nested(33))).toBe(`${'{"v":'.repeat(32)}"[Object of 1]"${'}'.repeat(32)}`)
  })

  it('toJson() does not let one long text take the place of what follows it', () => {
    const value = { document: 'x'.repeat(1000), question: 'why?' }
    const { document, question } = JSON.parse(toJson(value, limits({ maxBytes: 200 })))
    expect(question).toBe('why?')
    expect(document).toMatch(/^x{80,100}…\[cut 9\d\d characters\]$/)
  })

  it('toJson() never cuts a surrogate pair in two', () => {
    for (let maxBytes = 0; maxBytes < 40; maxBytes++) {
      expect(JSON.parse(toJson(['😀'.repeat(20)], limits({ maxBytes })))[0]).not.toMatch(
        /[\ud800-\udfff](?<!😀|[\ud800-\udbff](?=[\udc00-\udfff]))/,
      )
    }
  })

  it('toJson() counts the marks of what was cut, of which there may be many', () => {
    const tree = Array.from({ length: 12 }).reduce<unknown>((below) => [below, below, 0], 0)
    expect(toJson(tree, limits({ maxItems: 2, maxBytes: 2000 })).length).toBeLessThan(3000)
  })

  it('toJson() counts escapes, which make text six times longer', () => {
    const json = toJson('\u0000'.repeat(10_000), limits({ maxBytes: 6000 }))
    expect(json.length).toBeLessThanOrEqual(6000 + 64)
    expect(json).toMatch(/^"(\\u0000)+…\[cut \d+ characters\]"$/)
  })
})

describe('toJson() in bounded time and memory', () => {
  it.each<[string, () => unknown]>([
    // 2^32 leaves through 32 shared pairs.
    ['a widely shared graph', () => Array.from({ length: 31 }).reduce<unknown>((below) => [below, below], [])],
    // 10^8 members, of which none is written.
    [
      'a graph of members that are none',
      () => {
        const none = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`k${i}`, undefined]))
        return Array.from({ length: 10_000 }, () => none)
      },
    ],
    // 10^8 numbers through one shared row: hundreds of MB for JSON.stringify.
    ['a matrix', () => Array.from({ length: 10_000 }, (_, __, row = ROW) => row)],
    // 80 GB to hash.
    ['one large buffer many times', () => Array.from({ length: 10_000 }, () => LARGE)],
    ['long text', () => 'é'.repeat(20_000_000)],
    ['long text of escapes', () => ({ text: '\n"'.repeat(5_000_000) })],
    [
      'a toJSON that goes on for ever',
      () => {
        const forever = (): object => ({ toJSON: () => ({ a: forever(), b: forever() }) })
        return forever()
      },
    ],
    [
      'a Set that is never done',
      () =>
        Object.assign(new Set(), {
          [Symbol.iterator]: function* () {
            for (;;) yield 1
          },
        }),
    ],
  ])('toJson() of %s ends, as JSON, within its bytes', (_, make) => {
    const json = toJson(make())
    expect(() => JSON.parse(json)).not.toThrow()
    expect(Buffer.byteLength(json)).toBeLessThan(1024 * 1024 + 4096)
  })
  const ROW = Array.from({ length: 10_000 }, (_, i) => i / 3)
  const LARGE = Buffer.alloc(8 * 1024 * 1024)

  it('isPlainJson() counts what has no characters, so that a shared list of it comes to an end', () => {
    const list = Array.from({ length: 40 }, () => '')
    expect(isPlainJson(list, limits({ maxBytes: 100 }))).toBe(true)
    expect(isPlainJson([list, list], limits({ maxBytes: 100 }))).toBe(false)
  })

  it('toJson() hashes at most 8 MiB of one value', () => {
    const parts = JSON.parse(toJson([LARGE, LARGE, Buffer.alloc(8 * 1024 * 1024 + 1)]))
    expect(parts).toEqual([
      '[Buffer 8388608 bytes sha256:2daeb1f36095]',
      '[Buffer 8388608 bytes]',
      '[Buffer 8388609 bytes]',
    ])
  })

  it('toJson() of a value nested deeper than the stack does not throw', () => {
    expect(toJson(nested(200_000), limits({ maxDepth: 1000 }))).toContain('[Object of 1]')
    let list: unknown[] = []
    for (let i = 0; i < 200_000; i++) list = [list]
    expect(toJson(list)).toBe(`${'['.repeat(32)}"[Array of 1]"${']'.repeat(32)}`)
  })
})
