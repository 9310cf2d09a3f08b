import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'
import { describe, expect, it } from 'vitest'
import { endedSpans } from '../ended-spans.fixture.js'
import { estimateSpanBytes } from './estimate-span-bytes.js'

// A span of the real SDK with attributes as an application can put them on it, past every check.
function bytesOf(attributes: object): number {
  const [span] = endedSpans(1)
  if (!span) throw new Error('no span has ended')
  Object.assign(span.attributes, attributes)
  return estimateSpanBytes(span)
}

const bare = bytesOf({})
const member = 10

describe('estimateSpanBytes()', () => {
  it.each<[string, object, number]>([
    ['a text', { key: 'x'.repeat(1000) }, member + 3 + 1000],
    ['a number', { n: 5 }, member + 1],
    ['null', { n: null }, member + 1],
    ['texts', { list: ['aa', 'bbb'] }, member + 4 + 2 * (member + 1) + 5],
    ['bytes', { data: new Uint8Array(500) }, member + 4 + 500],
    ['a record', { data: { inner: { text: 'abc' } } }, member + 4 + (member + 5) + (member + 4) + 3],
  ])('estimateSpanBytes() counts %s', (_case, attributes, expected) => {
    expect(bytesOf(attributes) - bare).toBe(expected)
  })

  it('estimateSpanBytes() comes to an end with what has none', () => {
    const circle: Record<string, unknown> = {}
    circle.self = circle
    expect(bytesOf({ circle })).toBeLessThan(bare + 1000)
    const bush: Record<string, unknown> = {}
    for (const branch of 'abcdefgh') bush[branch] = bush
    expect(bytesOf({ bush })).toBeLessThan(bare + 2_000_000)
    let deep: unknown = 'end'
    for (let level = 0; level < 100_000; level++) deep = [deep]
    expect(bytesOf({ deep })).toBeLessThan(bare + 1000)
  })

  it.each<[string, object]>([
    [
      'a getter',
      {
        get broken() {
          throw new Error('a prompt')
        },
      },
    ],
    [
      'a proxy',
      new Proxy(
        {},
        {
          ownKeys() {
            throw new Error('a prompt')
          },
        },
      ),
    ],
  ])('estimateSpanBytes() does not throw what %s throws', (_case, hostile) => {
    expect(bytesOf({ before: 'x'.repeat(100), hostile, after: 'x' })).toBeGreaterThanOrEqual(bare + 100)
    const [span] = endedSpans(1)
    const attributes = hostile as ReadableSpan['attributes']
    expect(span && estimateSpanBytes(Object.create(span, { attributes: { value: attributes } }))).toBeGreaterThan(0)
  })
})
