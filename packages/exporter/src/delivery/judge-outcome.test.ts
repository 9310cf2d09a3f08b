import { describe, expect, it } from 'vitest'
import { BatchBuilder } from '../encode/batch-builder.js'
import type { EncodedBatch } from '../encode/encoded-batch.js'
import { endedSpans } from '../ended-spans.fixture.js'
import { asIs } from '../map/to-outgoing.js'
import type { Parcel, RefusalSearch } from '../queue/parcel.js'
import type { SendOutcome } from './batch-sender.js'
import { judgeOutcome, type Moment, type Verdict } from './judge-outcome.js'

function batchOf(count: number, input = 'x'): EncodedBatch {
  const builder = new BatchBuilder()
  for (const span of endedSpans(count, { 'langfuse.observation.input': input })) builder.add(asIs(span))
  return builder.take()
}

const parcelOf = (batch: EncodedBatch, rest: Partial<Parcel> = {}): Parcel => ({
  ...batch,
  generation: 0,
  doubt: undefined,
  leased: undefined,
  search: undefined,
  ...rest,
})

const searchOf = (rest: Partial<RefusalSearch> = {}): RefusalSearch => ({
  requestsLeft: 50,
  parts: 2,
  refusedSpans: 0,
  triesLeft: undefined,
  givenUp: undefined,
  accepted: false,
  doubtsInRow: 0,
  ...rest,
})

const error = new Error('no')
const refused: SendOutcome = { status: 'refused', error }
const doubtful: SendOutcome = { status: 'doubtful', error }
const tooLarge: SendOutcome = { status: 'too_large', error }
const DAMAGED: EncodedBatch = { body: Buffer.alloc(10_000, 0xff), spanCount: 5 }

// The server has accepted nothing so far.
const NEVER = Number.NEGATIVE_INFINITY
const SILENT: Moment = {
  nowMillis: 1000,
  sentMillis: 999,
  accepted: { sentMillis: NEVER, answeredMillis: NEVER },
  isLastChance: false,
}
// A request that took five milliseconds, and one of another batch that was accepted.
const momentAt = (nowMillis: number, sentMillis: number, answeredMillis: number): Moment => {
  return { nowMillis, sentMillis: nowMillis - 5, accepted: { sentMillis, answeredMillis }, isLastChance: false }
}
const judge = (parcel: Parcel, outcome: SendOutcome, moment: Moment = SILENT): Verdict =>
  judgeOutcome(parcel, outcome, moment)

describe('judgeOutcome()', () => {
  it('judgeOutcome() counts what was taken and what was rejected', () => {
    expect(judge(parcelOf(batchOf(5)), { status: 'sent', rejectedSpans: 2 })).toMatchObject({
      kind: 'settled',
      exported: 3,
      failed: 2,
      error: { name: 'RejectedSpans' },
    })
  })

  it('judgeOutcome() postpones what the server may take later, as long as it asks', () => {
    expect(judge(parcelOf(batchOf(1)), { status: 'retryable', error, afterMillis: 5 })).toEqual({
      kind: 'postponed',
      error,
      afterMillis: 5,
      mayMove: true,
      isLast: false,
    })
  })

  it('judgeOutcome() gives up nothing, however often the server answers with an error of its own, while it accepts nothing', () => {
    const parcel = parcelOf(batchOf(1))
    for (let n = 0; n < 50; n++) {
      expect(judge(parcel, doubtful)).toEqual({ kind: 'postponed', error, mayMove: true, isLast: true })
    }
  })

  it('judgeOutcome() suspects a batch after the third error of the server’s own, when another was accepted beside it or since', () => {
    const kindsOf = (count: number, accepted: readonly [number, number]) => {
      const parcel = parcelOf(batchOf(count))
      return [10, 20, 30].map((now) => judge(parcel, doubtful, momentAt(now, ...accepted)).kind)
    }
    expect(kindsOf(4, [15, 16])).toEqual(['postponed', 'postponed', 'divided'])
    expect(kindsOf(4, [2, 6])).toEqual(['postponed', 'postponed', 'divided'])
    // Answered before the first of the three was sent: the server may be down since.
    expect(kindsOf(4, [2, 4])).toEqual(['postponed', 'postponed', 'postponed'])
    // To give a span up, that is not enough: the other must have been sent after the first error.
    expect(kindsOf(1, [15, 16])).toEqual(['postponed', 'postponed', 'settled'])
    expect(kindsOf(1, [2, 6])).toEqual(['postponed', 'postponed', 'postponed'])
  })

  it('judgeOutcome() divides a suspected batch twice in a row, and then takes errors for an outage', () => {
    const search = searchOf({ accepted: true })
    const kinds = [1, 2, 3].map(() => judge(parcelOf(batchOf(4), { search }), doubtful).kind)
    expect(kinds).toEqual(['divided', 'divided', 'postponed'])
    judge(parcelOf(batchOf(4), { search }), { status: 'sent', rejectedSpans: 0 })
    expect(judge(parcelOf(batchOf(4), { search }), doubtful).kind).toBe('divided')
  })

  it('judgeOutcome() gives up a suspected span that is alone at the second error, when another part was accepted', () => {
    const search = searchOf({ accepted: true })
    const suspect = (): Parcel =>
      parcelOf(batchOf(1), { search, doubt: { attempts: 0, sentMillis: 10, sinceMillis: 10 } })
    const [guilty, innocent] = [suspect(), suspect()]
    const taken = momentAt(20, 15, 16)
    expect([guilty, guilty].map((parcel) => judge(parcel, doubtful, taken).kind)).toEqual(['postponed', 'settled'])
    const nothingTaken = momentAt(20, 5, 12)
    for (let n = 0; n < 9; n++) expect(judge(innocent, doubtful, nothingTaken).kind).toBe('postponed')
  })

  it.each<[string, SendOutcome]>([
    ['too large', tooLarge],
    ['refused', refused],
  ])('judgeOutcome() sends in parts what is %s, and no span is lost on the way', (_case, outcome) => {
    const verdict = judge(parcelOf(batchOf(7)), outcome)
    if (verdict.kind !== 'divided') throw new Error(`it was ${verdict.kind}`)
    expect(verdict.parts.reduce((sum, { spanCount }) => sum + spanCount, 0)).toBe(7)
    expect(verdict.parts.length).toBeGreaterThan(1)
  })

  it('judgeOutcome() cuts a single span that is too large, and gives up one that is small', () => {
    const verdict = judge(parcelOf(batchOf(1, 'x'.repeat(100_000))), tooLarge)
    if (verdict.kind !== 'divided') throw new Error(`it was ${verdict.kind}`)
    expect(verdict.parts).toHaveLength(1)
    expect(verdict.parts[0]?.body.byteLength).toBeLessThan(51_000)
    expect(judge(parcelOf(batchOf(1)), tooLarge)).toMatchObject({ kind: 'settled', failed: 1 })
  })

  it.each<[string, SendOutcome]>([
    ['too large', tooLarge],
    ['refused', refused],
  ])('judgeOutcome() gives up a damaged batch that is %s rather than to send it for ever', (_case, outcome) => {
    expect(judge(parcelOf(DAMAGED), outcome)).toMatchObject({ kind: 'settled', exported: 0, failed: 5 })
  })

  it('judgeOutcome() ends a search that costs too much, and one in which nothing is taken', () => {
    const costly = searchOf({ requestsLeft: 1, accepted: true })
    expect(judge(parcelOf(batchOf(4), { search: costly }), refused)).toMatchObject({
      kind: 'settled',
      failed: 4,
    })
    const hopeless = searchOf({ parts: 1, refusedSpans: 4 })
    expect(judge(parcelOf(batchOf(4), { search: hopeless }), refused)).toMatchObject({ kind: 'settled', failed: 4 })
    expect(hopeless.givenUp).toEqual({ error })
    const hopeful = searchOf({ parts: 1, refusedSpans: 4, accepted: true })
    expect(judge(parcelOf(batchOf(4), { search: hopeful }), refused)).toMatchObject({ kind: 'divided' })
    expect(hopeful.requestsLeft).toBe(48)
  })

  it('judgeOutcome() tries one side first in search of a refused span, and the other sides when four were refused alone', () => {
    const search = searchOf({ parts: 6, refusedSpans: 2 })
    const turnOf = (count: number): unknown => {
      const verdict = judge(parcelOf(batchOf(count), { search }), refused)
      return verdict.kind === 'divided' ? verdict.turn : verdict.kind
    }
    expect([turnOf(4), turnOf(1), turnOf(1), turnOf(4)]).toEqual(['next', 'settled', 'settled', 'after_siblings'])
    judge(parcelOf(batchOf(4), { search }), { status: 'sent', rejectedSpans: 0 })
    expect(turnOf(4)).toBe('next')
  })

  it('judgeOutcome() tries both halves before a quarter when the error is the server’s own', () => {
    const suspect = parcelOf(batchOf(4), { search: searchOf() })
    expect(judge(suspect, doubtful)).toMatchObject({ kind: 'divided', turn: 'after_siblings' })
  })

  it('judgeOutcome() suspects a batch at once when nothing will come to compare it with, and no part of it more than others', () => {
    const moment = { ...SILENT, isLastChance: true }
    const verdict = judge(parcelOf(batchOf(4)), doubtful, moment)
    expect(verdict).toMatchObject({ kind: 'divided', turn: 'after_siblings' })
    expect(judge(parcelOf(batchOf(1)), doubtful, moment).kind).toBe('postponed')
    const search = searchOf({ doubtsInRow: 2 })
    expect(judge(parcelOf(batchOf(4), { search }), doubtful, moment).kind).toBe('postponed')
  })

  it('judgeOutcome() gives up what nothing will help', () => {
    expect(judge(parcelOf(batchOf(3)), { status: 'failed', error })).toEqual({
      kind: 'settled',
      exported: 0,
      failed: 3,
      error,
    })
  })
})
