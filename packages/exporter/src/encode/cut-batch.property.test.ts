import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitrarySpans } from './arbitrary-span.fixture.js'
import { batchOf } from './batch-bytes.fixture.js'
import { cutBatch } from './cut-batch.js'
import { type DecodedSpan, decodeRequest } from './decode-request.fixture.js'

/** Everything that names a span, whatever its size. */
function identity({
  traceId,
  spanId,
  parentSpanId,
  kind,
  startTimeUnixNano,
  endTimeUnixNano,
  flags,
  status,
}: DecodedSpan) {
  return { traceId, spanId, parentSpanId, kind, startTimeUnixNano, endTimeUnixNano, flags, code: status.code }
}

/** What there is of each kind together with what was left out of it. */
function counts(span: DecodedSpan): number[] {
  return [
    span.attributes.length + span.droppedAttributesCount,
    span.events.length + span.droppedEventsCount,
    span.links.length + span.droppedLinksCount,
    span.resource.attributes.length + span.resource.droppedAttributesCount,
    span.scope.attributes.length + span.scope.droppedAttributesCount,
  ]
}

describe('cutBatch()', () => {
  it('cutBatch() makes requests of arbitrary spans that can be read, fit, and account for all there was', () => {
    let cuts = 0
    fc.assert(
      fc.property(arbitrarySpans, fc.double({ min: 0, max: 1, noNaN: true }), ([span], part) => {
        if (!span) throw new Error('there is no span')
        const batch = batchOf([span])
        // From the least that always does to all there is.
        const maxBytes = Math.floor(1000 + part * Math.max(0, batch.body.byteLength - 1000))
        const smaller = cutBatch(batch, maxBytes)
        if (!smaller) throw new Error(`cannot be cut to ${maxBytes} bytes`)
        expect(smaller.body.byteLength).toBeLessThanOrEqual(maxBytes)
        const [whole] = decodeRequest(batch.body)
        const [found, ...others] = decodeRequest(smaller.body)
        if (!whole || !found) throw new Error('the span is gone')
        expect(others).toEqual([])
        expect(identity(found)).toEqual(identity(whole))
        expect(counts(found)).toEqual(counts(whole))
        if (smaller !== batch) cuts++
      }),
      { seed: 20261123, numRuns: 2000 },
    )
    expect(cuts).toBeGreaterThan(1000)
  })

  it('cutBatch() never throws over bytes at random, and cuts only what can be read', () => {
    fc.assert(
      fc.property(
        arbitrarySpans,
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 }),
        fc.nat(2000),
        ([span], flips, maxBytes) => {
          const body = Buffer.from(batchOf(span ? [span] : []).body)
          for (const [at, byte] of flips) body[at % body.byteLength] = byte
          const smaller = cutBatch({ body, spanCount: 1 }, maxBytes)
          if (smaller) expect(smaller.body.byteLength).toBeLessThanOrEqual(maxBytes)
        },
      ),
      { seed: 20261123, numRuns: 2000 },
    )
  })
})
