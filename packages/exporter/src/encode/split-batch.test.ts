import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitrarySpans } from './arbitrary-span.fixture.js'
import { BatchBuilder } from './batch-builder.js'
import { batchOf, spanBytes } from './batch-bytes.fixture.js'
import type { EncodedBatch } from './encoded-batch.js'
import { outgoingSpan, RESOURCE, SCOPE } from './outgoing-span.fixture.js'
import { splitBatch, splitToFit } from './split-batch.js'

const OTHER = { name: 'other', version: '2', schemaUrl: 'https://example.com/schema' }

/** Spans of two scopes in turns, the later the larger. */
function spans(count: number) {
  return Array.from({ length: count }, (_, n) =>
    outgoingSpan({ name: `step ${n}`, scope: n % 2 ? OTHER : SCOPE, attributes: { input: 'x'.repeat(10 * n) } }),
  )
}

function countsOf(parts: readonly EncodedBatch[]): number[] {
  return parts.map(({ spanCount }) => spanCount)
}

/** Compared as a string: equality of buffers looks at every byte by name. */
function latin1({ body }: EncodedBatch): string {
  return Buffer.from(body).toString('latin1')
}

const NOT_DIVISIBLE: [string, EncodedBatch][] = [
  ['of one span', batchOf(spans(1))],
  ['of no span', batchOf([])],
  ['that is no request', { body: Buffer.from('{"resourceSpans":[]}'), spanCount: 2 }],
  ['that was cut off', { body: batchOf(spans(4)).body.subarray(0, 500), spanCount: 4 }],
  ['of fewer spans than it says', { body: batchOf(spans(3)).body, spanCount: 4 }],
  ['of more spans than it says', { body: batchOf(spans(3)).body, spanCount: 2 }],
]

describe('splitBatch()', () => {
  it.each([
    [2, [1, 1]],
    [3, [2, 1]],
    [4, [2, 2]],
    [101, [51, 50]],
  ])('splitBatch() halves %i spans', (count, counts) => {
    expect(countsOf(splitBatch(batchOf(spans(count))))).toEqual(counts)
  })

  it('splitBatch() makes the requests that the builder makes of the halves', () => {
    const [first, second] = splitBatch(batchOf(spans(8)))
    // The request is in the order of its scopes.
    const inOrder = spans(8).toSorted((a, b) => Number(a.scope === OTHER) - Number(b.scope === OTHER))
    expect(first).toEqual(batchOf(inOrder.slice(0, 4)))
    expect(second).toEqual(batchOf(inOrder.slice(4)))
  })

  it.each(NOT_DIVISIBLE)('splitBatch() hands back a batch %s', (_what, batch) => {
    expect(splitBatch(batch)).toEqual([batch])
  })
})

describe('splitToFit()', () => {
  it('splitToFit() fills each request as far as it goes, in order', () => {
    const batch = batchOf(spans(60))
    const parts = splitToFit(batch, 4000)
    expect(parts.every(({ body }) => body.byteLength <= 4000)).toBe(true)
    expect(parts.flatMap(spanBytes)).toEqual(spanBytes(batch))
    // Nothing of the next part would have fitted.
    for (const [at, part] of parts.slice(0, -1).entries()) {
      const next = parts[at + 1]
      if (!next) throw new Error('there is no next part')
      const firstOfNext = splitToFit(next, 0)[0]
      expect(part.body.byteLength + (firstOfNext?.body.byteLength ?? 0)).toBeGreaterThan(4000)
    }
  })

  it('splitToFit() hands back what fits already, to the byte', () => {
    const batch = batchOf(spans(10))
    expect(splitToFit(batch, batch.body.byteLength)).toEqual([batch])
    expect(splitToFit(batch, batch.body.byteLength - 1)).toHaveLength(2)
  })

  it.each([0, -1, 1])('splitToFit() sends each span alone when %d bytes hold none', (maxBytes) => {
    expect(countsOf(splitToFit(batchOf(spans(5)), maxBytes))).toEqual([1, 1, 1, 1, 1])
  })

  it('splitToFit() keeps a span that is too large by itself', () => {
    const large = outgoingSpan({ name: 'x'.repeat(5000) })
    const parts = splitToFit(batchOf([...spans(4), large, ...spans(4)]), 2000)
    expect(countsOf(parts.filter(({ body }) => body.byteLength > 2000))).toEqual([1])
  })

  it.each(NOT_DIVISIBLE)('splitToFit() hands back a batch %s', (_what, batch) => {
    expect(splitToFit(batch, 1)).toEqual([batch])
  })
})

describe('splitBatch() and splitToFit()', () => {
  it('splitBatch() and splitToFit() lose, add and change nothing of arbitrary spans, and hold the bound', () => {
    fc.assert(
      fc.property(arbitrarySpans, fc.nat(20_000), (members, maxBytes) => {
        const batch = batchOf(members)
        for (const parts of [splitBatch(batch), splitToFit(batch, maxBytes)]) {
          expect(parts.flatMap(spanBytes)).toEqual(spanBytes(batch))
          expect(countsOf(parts).reduce((sum, count) => sum + count)).toBe(batch.spanCount)
          // Bodies wait in queues: they must not keep the whole alive.
          for (const { body } of parts) expect(body.buffer.byteLength).toBe(body.byteLength)
        }
        for (const part of splitToFit(batch, maxBytes)) {
          expect(part.spanCount === 1 || part.body.byteLength <= maxBytes).toBe(true)
        }
      }),
      { seed: 20261123, numRuns: 500 },
    )
  })

  it('BatchBuilder and splitToFit() agree on what fits', () => {
    fc.assert(
      fc.property(arbitrarySpans, fc.nat(20_000), (members, maxBytes) => {
        const ofOneScope = members.map((span) => ({ ...span, resource: RESOURCE, scope: SCOPE }))
        const builder = new BatchBuilder(maxBytes)
        const built: EncodedBatch[] = []
        for (const span of ofOneScope) {
          if (builder.add(span) !== 'full') continue
          built.push(builder.take())
          builder.add(span)
        }
        expect(splitToFit(batchOf(ofOneScope), maxBytes).map(latin1)).toEqual([...built, builder.take()].map(latin1))
      }),
      { seed: 20261123, numRuns: 500 },
    )
  })
})
