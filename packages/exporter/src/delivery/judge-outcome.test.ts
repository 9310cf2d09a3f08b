import { describe, expect, it } from 'vitest'
import { BatchBuilder } from '../encode/batch-builder.js'
import type { EncodedBatch } from '../encode/encoded-batch.js'
import { endedSpans } from '../ended-spans.fixture.js'
import { asIs } from '../map/to-outgoing.js'
import type { Parcel } from '../queue/parcel.js'
import type { SendOutcome } from './batch-sender.js'
import { judgeOutcome } from './judge-outcome.js'

function batchOf(count: number, input = 'x'): EncodedBatch {
  const builder = new BatchBuilder()
  for (const span of endedSpans(count, { 'langfuse.observation.input': input })) builder.add(asIs(span))
  return builder.take()
}

const parcelOf = (batch: EncodedBatch, rest: Partial<Parcel> = {}): Parcel => ({
  ...batch,
  generation: 0,
  attempts: 0,
  leased: undefined,
  search: undefined,
  ...rest,
})

const error = new Error('no')
const refused: SendOutcome = { status: 'refused', error }
const tooLarge: SendOutcome = { status: 'too_large', error }
const DAMAGED: EncodedBatch = { body: Buffer.alloc(10_000, 0xff), spanCount: 5 }

describe('judgeOutcome()', () => {
  it('judgeOutcome() counts what was taken and what was rejected', () => {
    expect(judgeOutcome(parcelOf(batchOf(5)), { status: 'sent', rejectedSpans: 2 })).toMatchObject({
      kind: 'settled',
      exported: 3,
      failed: 2,
      error: { name: 'RejectedSpans' },
    })
  })

  it('judgeOutcome() postpones what the server may take later, as long as it asks', () => {
    expect(judgeOutcome(parcelOf(batchOf(1)), { status: 'retryable', error, afterMillis: 5 })).toEqual({
      kind: 'postponed',
      error,
      afterMillis: 5,
      mayMove: true,
    })
  })

  it('judgeOutcome() suspects the spans after the third error of the server’s own', () => {
    const parcel = parcelOf(batchOf(4))
    const kinds = [1, 2, 3].map(() => judgeOutcome(parcel, { status: 'doubtful', error }).kind)
    expect(kinds).toEqual(['postponed', 'postponed', 'divided'])
  })

  it.each<[string, SendOutcome]>([
    ['too large', tooLarge],
    ['refused', refused],
  ])('judgeOutcome() sends in parts what is %s, and no span is lost on the way', (_case, outcome) => {
    const verdict = judgeOutcome(parcelOf(batchOf(7)), outcome)
    if (verdict.kind !== 'divided') throw new Error(`it was ${verdict.kind}`)
    expect(verdict.parts.reduce((sum, { spanCount }) => sum + spanCount, 0)).toBe(7)
    expect(verdict.parts.length).toBeGreaterThan(1)
  })

  it('judgeOutcome() cuts a single span that is too large, and gives up one that is small', () => {
    const verdict = judgeOutcome(parcelOf(batchOf(1, 'x'.repeat(100_000))), tooLarge)
    if (verdict.kind !== 'divided') throw new Error(`it was ${verdict.kind}`)
    expect(verdict.parts).toHaveLength(1)
    expect(verdict.parts[0]?.body.byteLength).toBeLessThan(51_000)
    expect(judgeOutcome(parcelOf(batchOf(1)), tooLarge)).toMatchObject({ kind: 'settled', failed: 1 })
  })

  it.each<[string, SendOutcome]>([
    ['too large', tooLarge],
    ['refused', refused],
  ])('judgeOutcome() gives up a damaged batch that is %s rather than to send it for ever', (_case, outcome) => {
    expect(judgeOutcome(parcelOf(DAMAGED), outcome)).toMatchObject({ kind: 'settled', exported: 0, failed: 5 })
  })

  it('judgeOutcome() ends a search that costs too much, and one in which nothing is taken', () => {
    const costly = { requestsLeft: 1, accepted: true }
    expect(judgeOutcome(parcelOf(batchOf(4), { search: costly }), refused)).toMatchObject({
      kind: 'settled',
      failed: 4,
    })
    const hopeless = { requestsLeft: 50, accepted: false }
    expect(judgeOutcome(parcelOf(batchOf(4), { search: hopeless }), refused)).toMatchObject({
      kind: 'settled',
      failed: 4,
    })
    const hopeful = { requestsLeft: 50, accepted: true }
    expect(judgeOutcome(parcelOf(batchOf(4), { search: hopeful }), refused)).toMatchObject({ kind: 'divided' })
    expect(hopeful.requestsLeft).toBe(48)
  })

  it('judgeOutcome() gives up what nothing will help', () => {
    expect(judgeOutcome(parcelOf(batchOf(3)), { status: 'failed', error })).toEqual({
      kind: 'settled',
      exported: 0,
      failed: 3,
      error,
    })
  })
})
