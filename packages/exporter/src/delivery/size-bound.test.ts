import { describe, expect, it } from 'vitest'
import { BatchBuilder } from '../encode/batch-builder.js'
import { countSpans } from '../encode/count-spans.js'
import type { EncodedBatch } from '../encode/encoded-batch.js'
import { endedSpans } from '../ended-spans.fixture.js'
import { asIs } from '../map/to-outgoing.js'
import { SizeBound } from './size-bound.js'

function batchOf(count: number, input = 'x'): EncodedBatch {
  const builder = new BatchBuilder()
  for (const span of endedSpans(count, { 'langfuse.observation.input': input })) builder.add(asIs(span))
  return builder.take()
}

const [SMALL, MIDDLE, LARGE] = [batchOf(10), batchOf(40), batchOf(70)]

function setUp() {
  const bound = new SizeBound()
  return { bound, divided: () => [SMALL, MIDDLE, LARGE].map((batch) => bound.divide(batch).length > 1) }
}

describe('SizeBound', () => {
  it('divide() leaves everything as it is before anything was refused', () => {
    expect(setUp().divided()).toEqual([false, false, false])
  })

  it('divide() makes batches of half the size that was refused, with all spans between them', () => {
    const { bound } = setUp()
    bound.refused(MIDDLE)
    const parts = bound.divide(LARGE)
    expect(parts.every(({ body }) => body.byteLength <= MIDDLE.body.byteLength / 2)).toBe(true)
    expect(countSpans(parts)).toBe(70)
    expect(bound.divide(parts[0] ?? LARGE)).toEqual([parts[0]])
  })

  it('refused() remembers the smallest batch, and no span that was alone', () => {
    const { bound, divided } = setUp()
    bound.refused(LARGE)
    expect(divided()).toEqual([false, false, true])
    bound.refused(MIDDLE)
    bound.refused(LARGE)
    bound.refused(batchOf(1))
    expect(divided()).toEqual([false, true, true])
  })

  it('divide() cannot divide a span that is alone', () => {
    const { bound } = setUp()
    bound.refused(SMALL)
    const alone = batchOf(1, 'x'.repeat(10_000))
    expect(bound.divide(alone)).toEqual([alone])
  })

  it('accepted() lets the bound grow back after a hundred acceptances without a refusal', () => {
    const { bound, divided } = setUp()
    bound.refused(LARGE)
    for (let n = 0; n < 99; n++) bound.accepted()
    bound.refused(MIDDLE)
    for (let n = 0; n < 99; n++) bound.accepted()
    expect(divided()).toEqual([false, true, true])
    bound.accepted()
    expect(divided()).toEqual([false, false, false])
  })
})
