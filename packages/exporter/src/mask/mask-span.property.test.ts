import type { AttributeValue } from '@opentelemetry/api'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { OutgoingSpan } from '../encode/outgoing-span.js'
import { dropContent } from './drop-content.js'
import { BUILT_IN_RULES, type MaskRule } from './mask-rule.js'
import { maskSpan, maskSpans } from './mask-span.js'
import { maskWith, recordSpan, spanFullOf, stringsOf } from './outgoing-span.fixture.js'

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
  console.log(`maskSpan(): ${cases} cases`)
  expect(cases).toBeGreaterThanOrEqual(9000)
})

/** What must not survive, and a rule that finds it. */
const SECRETS: readonly (readonly [secret: string, rule: MaskRule])[] = [
  ['jane.doe@example.com', 'email'],
  ['sk-proj-Ab1Ab1Ab1Ab1Ab1Ab1Ab1Ab1', 'api_key'],
  ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl', 'bearer_token'],
  ['4111111111111111', 'credit_card'],
  ['4111 1111 1111 1111', 'credit_card'],
  ['DE89 3704 0044 0532 0130 00', 'iban'],
  ['+49 170 1234567', 'phone'],
  ['192.168.17.42', 'ip'],
  ['2001:db8::17:42', 'ip'],
  ['hunter2', /hunter2/],
  ['line one\nline "two"', /line one\nline "two"/],
  ['geheim-é', (text) => text.replaceAll('geheim-é', '-')],
]

/** Long: what is looked at here is not the time, and machines are shared. */
const FIELD_TIMEOUT_MILLIS = 10_000

const alone = new Map(SECRETS.map(([secret, rule]) => [secret, maskWith([rule], FIELD_TIMEOUT_MILLIS).mask]))
const among = new Map(
  SECRETS.map(([secret, rule]) => [secret, maskWith(['ip', rule, /nothing/, 'email'], FIELD_TIMEOUT_MILLIS).mask]),
)

/** Puts a text into another in the ways in which texts come into attributes. */
type Wrap = (text: string) => string

const escapeAll: Wrap = (text) =>
  `["${[...text].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"]`

// What stands around a secret does not belong to it: no letters and digits, as in a sentence.
const around = fc
  .array(
    fc.constantFrom(' ', ', ', '; ', '"', "'", '(', ')', '\n', '\t', '\\ ', '中', '😀', ' word ', ' {"k": ', '] '),
    {
      maxLength: 6,
    },
  )
  .map((parts) => parts.join(''))

const wrap: fc.Arbitrary<Wrap> = fc.oneof(
  { maxDepth: 3 },
  fc.constant<Wrap>((text) => text),
  fc.constant<Wrap>((text) => JSON.stringify({ content: text })),
  fc.constant<Wrap>((text) => JSON.stringify({ [text]: 1 })),
  fc.constant<Wrap>((text) => JSON.stringify([{ role: 'user', parts: ['a', text, 'b'] }], null, 2)),
  fc.constant(escapeAll),
  fc.tuple(fc.jsonValue(), fc.string()).map(
    ([value, key]): Wrap =>
      (text) =>
        JSON.stringify({ before: value, [key]: text, after: [value, 1.5e300] }),
  ),
)

const wrapped = fc.tuple(around, around, fc.array(wrap, { minLength: 1, maxLength: 4 }))

const planted = fc.record({ secret: fc.constantFrom(...SECRETS), where: wrapped })

function plant(secret: string, [before, after, wraps]: readonly [string, string, readonly Wrap[]]): string {
  return wraps.reduce((text, put) => put(text), ` ${before}${secret}${after} `)
}

/** All strings of a span, and what is in them when somebody reads their JSON, as far as it goes. */
function readable(span: OutgoingSpan): string[] {
  return stringsOf(span).flatMap((text) => [text, ...unfolded(text)])
}

function unfolded(text: string): string[] {
  if (!/^\s*["[{]/.test(text)) return []
  try {
    return stringsOf(JSON.parse(text)).flatMap((inner) => [inner, ...unfolded(inner)])
  } catch {
    return []
  }
}

const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.json(),
  fc.double(),
  fc.boolean(),
  fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constant(null)), { maxLength: 4 }),
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true }),
  fc.uint8Array(),
)

const anyAttributes = fc.dictionary(fc.string({ unit: 'binary', maxLength: 40 }), anyValue, { maxKeys: 6 })

const rules: fc.Arbitrary<MaskRule[]> = fc.array(
  fc.oneof(
    fc.constantFrom<MaskRule>(...BUILT_IN_RULES),
    fc.constantFrom<MaskRule>(
      /\w+/,
      /x*/g,
      /./su,
      /[^a-z]/y,
      (text) => text.toUpperCase(),
      (text) => text.slice(1),
    ),
    fc.constantFrom<MaskRule>(
      () => {
        throw new Error('a rule')
      },
      // What JavaScript callers can do.
      (() => 1) as unknown as () => string,
    ),
  ),
  { maxLength: 5 },
)

const base = recordSpan((recording) => recording.addEvent('event', { a: 'b' }))

describe('maskSpan() properties', () => {
  it('maskSpan() lets no planted secret out of any place, however it is wrapped', () => {
    check(planted, 4000, ({ secret: [secret], where }) => {
      const mask = alone.get(secret) ?? raise(secret)
      const text = plant(secret, where)
      const masked = maskSpan(
        { ...base, name: text, attributes: { [text]: text, text, list: ['a', text], 'user.id': text } },
        mask,
      )
      expect(readable(masked).filter((one) => one.includes(secret))).toEqual([])
      expect(mask.failedFields).toBe(0)
    })
  }, 120_000)

  it('maskSpan() lets no planted secret out of any place of a whole span', () => {
    check(planted, 1000, ({ secret: [secret], where }) => {
      const masked = maskSpan(spanFullOf(plant(secret, where)), among.get(secret) ?? raise(secret))
      expect(readable(masked).filter((one) => one.includes(secret))).toEqual([])
    })
  }, 120_000)

  it('maskSpan() never throws, and keeps ids, times and numbers, whatever the attributes and the rules are', () => {
    check(fc.tuple(anyAttributes, rules, fc.string()), 3000, ([attributes, given, name]) => {
      const { mask } = maskWith(given, FIELD_TIMEOUT_MILLIS)
      const span: OutgoingSpan = { ...base, name, attributes: { ...attributes, number: 42 } as typeof base.attributes }
      const [masked, ...rest] = maskSpans([span], mask)
      expect(rest).toEqual([])
      expect(masked?.context).toEqual(span.context)
      expect([masked?.startTime, masked?.endTime, masked?.kind]).toEqual([span.startTime, span.endTime, span.kind])
      expect(Object.keys(masked?.attributes ?? {})).toHaveLength(Object.keys(span.attributes).length)
      expect(Object.values(masked?.attributes ?? {})).toContain(42)
    })
  }, 120_000)

  it('maskSpan() of what is masked already changes nothing', () => {
    check(planted, 1000, ({ secret: [secret], where }) => {
      const { mask } = maskWith(BUILT_IN_RULES)
      const once = maskSpan({ ...base, attributes: { text: plant(secret, where) } }, mask)
      expect(maskSpan(once, mask).attributes).toEqual(once.attributes)
    })
  })

  it('maskSpan() with built-in rules alone keeps JSON that is JSON, and all of it but the strings and numbers it masks', () => {
    check(
      fc.tuple(fc.jsonValue(), planted),
      1000,
      ([
        value,
        {
          secret: [secret],
        },
      ]) => {
        const { mask } = maskWith(BUILT_IN_RULES)
        const text = JSON.stringify({ value, planted: [secret, Number(secret.replace(/\D/g, ''))] })
        const { attributes } = maskSpan({ ...base, attributes: { text } }, mask)
        expect(shapeOf(JSON.parse(String(attributes.text)))).toEqual(shapeOf(JSON.parse(text)))
      },
    )
  })
})

describe('dropContent() properties', () => {
  it('dropContent() never throws and never adds', () => {
    check(anyAttributes, 500, (attributes) => {
      const span: OutgoingSpan = { ...base, attributes: attributes as Record<string, AttributeValue> }
      const kept = Object.entries(dropContent(span).attributes)
      for (const [name, value] of kept) expect(value).toBe(span.attributes[name])
    })
  })
})

function raise(secret: string): never {
  throw new Error(`there is no mask for ${secret}`)
}

/** Objects, arrays and how many members they have; texts and numbers are one thing, since a number that is masked becomes a text. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf)
  if (typeof value === 'object' && value !== null) return Object.values(value).map(shapeOf)
  return typeof value === 'number' ? 'string' : typeof value
}
