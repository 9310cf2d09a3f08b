import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS, type SerializeLimits } from './limits.js'
import { toContent } from './to-content.js'
import { toJson } from './to-json.js'

let cases = 0

/** As many runs as asked for, counted. */
function check<T>(arbitrary: fc.Arbitrary<T>, numRuns: number, holds: (value: T) => void): void {
  const property = fc.property(arbitrary, (value) => {
    cases++
    holds(value)
  })
  fc.assert(property, { numRuns })
}

afterAll(() => {
  console.log(`toJson(): ${cases} cases`)
  expect(cases).toBeGreaterThanOrEqual(20_000)
})

/**
 * How far the closing marks may reach past the budget. A container that was opened inside of it still closes, with a mark for what it
 * left out (`,"…":"[cut 9007199254740991 keys]"}`: at most 48 bytes), and each took a byte of the budget to open. The last member to
 * begin may cost a key and a value that are both only marks: 64 bytes each, 32 more for a scalar and what separates.
 */
function boundOf({ maxBytes, maxDepth }: SerializeLimits): number {
  return maxBytes + 48 * Math.min(maxDepth, maxBytes) + 48 + 160
}

const limits: fc.Arbitrary<SerializeLimits> = fc.record({
  maxBytes: fc.oneof(fc.nat(40), fc.nat(2000), fc.constant(DEFAULT_LIMITS.maxBytes)),
  maxDepth: fc.oneof(fc.nat(3), fc.nat(64)),
  maxItems: fc.oneof(fc.nat(3), fc.nat(100)),
})

const anything = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withNullPrototype: true,
  withObjectString: true,
  withSparseArray: true,
  withTypedArray: true,
  withUnicodeString: true,
  maxDepth: 4,
})

const explode = (): never => {
  throw new Error('hostile')
}

type Trap = 'get' | 'has' | 'ownKeys' | 'getPrototypeOf' | 'getOwnPropertyDescriptor'
const TRAPS: readonly Trap[] = ['get', 'has', 'ownKeys', 'getPrototypeOf', 'getOwnPropertyDescriptor']

function proxied(target: object, traps: readonly Trap[], isRevoked: boolean): object {
  const { proxy, revoke } = Proxy.revocable(target, Object.fromEntries(traps.map((trap) => [trap, explode])))
  if (isRevoked) revoke()
  return proxy
}

/** Makes a value: fast-check looks into the values it has, and some of these bear no look. */
type Make = () => unknown

const made = (makes: readonly Make[]): unknown[] => makes.map((make) => make())

function recordOf(members: Readonly<Record<string, Make>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).map(([key, make]) => [key, make()]))
}

/** A record that holds itself, and one reference twice. */
function cyclic(record: Record<string, unknown>): object {
  return Object.assign(record, { self: record, twice: [record, record] })
}

/** Objects with what JSON does not expect, one in the other. */
const { hostile } = fc.letrec<{ hostile: Make; container: Make }>((tie) => {
  const one = tie('hostile')
  const some = fc.array(one, { maxLength: 5 })
  const members = fc.dictionary(fc.string({ unit: 'binary' }), one, { maxKeys: 5 })
  const scalars = [undefined, explode, Symbol('s'), 10n, Number.NaN, -0, new Date(Number.NaN), /re/g]
  return {
    hostile: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      anything.map(
        (value): Make =>
          () =>
            value,
      ),
      fc.constantFrom<unknown>(...scalars).map(
        (value): Make =>
          () =>
            value,
      ),
      fc.string({ unit: 'binary', maxLength: 200 }).map(
        (value): Make =>
          () =>
            value,
      ),
      tie('container'),
      fc.tuple(tie('container'), fc.subarray([...TRAPS]), fc.boolean()).map(
        ([make, traps, isRevoked]): Make =>
          () =>
            proxied(make() as object, traps, isRevoked),
      ),
      one.map(
        (make): Make =>
          () => ({ toJSON: () => make() }),
      ),
      one.map(
        (make): Make =>
          () =>
            Object.assign([make()], { toJSON: explode }),
      ),
      one.map(
        (make): Make =>
          () =>
            Object.defineProperty({}, 'late', { enumerable: true, get: make }),
      ),
      some.map(
        (makes): Make =>
          () =>
            Object.defineProperty(made(makes), 0, { enumerable: true, get: explode }),
      ),
      fc.tuple(fc.string(), one).map(
        ([message, make]): Make =>
          () =>
            new Error(message, { cause: make() }),
      ),
      some.map(
        (makes): Make =>
          () =>
            new AggregateError(made(makes), 'many'),
      ),
      fc.uint8Array().map(
        (bytes): Make =>
          () =>
            Buffer.from(bytes),
      ),
      fc.constant<Make>(() => Promise.resolve()),
    ),
    container: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      some.map(
        (makes): Make =>
          () =>
            made(makes),
      ),
      some.map(
        (makes): Make =>
          () =>
            new Set(made(makes)),
      ),
      fc.array(fc.tuple(one, one), { maxLength: 4 }).map(
        (entries): Make =>
          () =>
            new Map(entries.map(([key, value]) => [key(), value()])),
      ),
      members.map(
        (record): Make =>
          () =>
            recordOf(record),
      ),
      members.map(
        (record): Make =>
          () =>
            cyclic(recordOf(record)),
      ),
    ),
  }
})

describe('toJson() properties', () => {
  it('toJson() of anything parses and keeps to its limits', () => {
    check(fc.tuple(anything, limits), 8000, ([value, given]) => {
      const json = toJson(value, given)
      JSON.parse(json)
      expect(Buffer.byteLength(json)).toBeLessThanOrEqual(boundOf(given))
    })
  })

  it('toJson() of what is hostile parses and keeps to its limits', () => {
    check(fc.tuple(hostile, limits), 8000, ([make, given]) => {
      const json = toJson(make(), given)
      JSON.parse(json)
      expect(Buffer.byteLength(json)).toBeLessThanOrEqual(boundOf(given))
    })
  })

  it('toJson() of a JSON value is what JSON.stringify gives', () => {
    check(fc.jsonValue({ noUnicodeString: false, maxDepth: 6 }), 3000, (value) => {
      expect(toJson(value)).toBe(JSON.stringify(value))
    })
  })

  it('toJson() of records with members that JSON drops or changes is what JSON.stringify gives', () => {
    const { value: member } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4, depthSize: 'small' },
        fc.jsonValue(),
        fc.constantFrom<unknown>(undefined, Number.NaN, Number.NEGATIVE_INFINITY, -0, explode, Symbol('s')),
        fc.date({ noInvalidDate: false }),
        fc.webUrl().map((url) => new URL(url)),
        fc.constantFrom(Object('boxed'), Object(1), Object(false)),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.string(), tie('value'), { maxKeys: 4 }),
        // Not the fast path's: the careful writer has to agree as well.
        tie('value').map((value) => ({ toJSON: () => ({ value }) })),
      ),
    }))
    check(fc.record({ a: member, b: fc.array(member) }), 3000, (value) => {
      expect(toJson(value)).toBe(JSON.stringify(value))
    })
  })

  it('toJson() of a value that fits does not depend on the budget', () => {
    check(fc.jsonValue(), 1500, (value) => {
      const json = JSON.stringify(value)
      expect(toJson(value, { ...DEFAULT_LIMITS, maxBytes: Buffer.byteLength(json) + 64 })).toBe(json)
    })
  })

  it('toContent() of text keeps it, or its beginning', () => {
    check(fc.tuple(fc.string({ unit: 'binary', maxLength: 300 }), fc.nat(300)), 1500, ([text, maxBytes]) => {
      const kept = toContent(text, { ...DEFAULT_LIMITS, maxBytes }) ?? ''
      if (Buffer.byteLength(text) <= maxBytes) expect(kept).toBe(text)
      else {
        const [, beginning = '', cut] = /^([\s\S]*)…\[cut (\d+) characters\]$/u.exec(kept) ?? []
        expect(text.startsWith(beginning)).toBe(true)
        expect(Buffer.byteLength(beginning)).toBeLessThanOrEqual(maxBytes)
        expect(beginning.length + Number(cut)).toBe(text.length)
      }
    })
  })
})
