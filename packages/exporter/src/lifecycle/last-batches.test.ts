import { describe, expect, it } from 'vitest'
import { BatchBuilder } from '../encode/batch-builder.js'
import type { EncodedBatch } from '../encode/encoded-batch.js'
import { endedSpans } from '../ended-spans.fixture.js'
import { asIs } from '../map/to-outgoing.js'
import { LastBatches } from './last-batches.js'
import type { LastSendOutcome } from './send-synchronously.js'

function batchOf(count: number): EncodedBatch {
  const builder = new BatchBuilder()
  for (const span of endedSpans(count)) builder.add(asIs(span))
  return builder.take()
}

const answered = (status: number, retryAfter?: string): LastSendOutcome => {
  return { status: 'answered', answer: { status, contentType: undefined, retryAfter, body: Buffer.alloc(0) } }
}

// Rounds until there are no more, on a clock that waits as it is told; what was sent in each, in spans.
function play(batches: readonly EncodedBatch[], answer: (batch: EncodedBatch, round: number) => LastSendOutcome) {
  let now = 1000
  const last = new LastBatches(batches, () => now)
  const rounds: number[][] = []
  for (let wait = last.waitMillis(); wait <= 5000; wait = last.waitMillis()) {
    now += wait
    const sent = last.next()
    now++
    last.settle(sent.map((batch) => answer(batch, rounds.length)))
    rounds.push(sent.map(({ spanCount }) => spanCount))
  }
  const results = last.results().map(({ outcome, spanCount }) => {
    return [spanCount, outcome.status === 'answered' ? outcome.answer.status : outcome.status]
  })
  return { rounds, results, waitedMillis: now - 1000 - rounds.length }
}

describe('LastBatches', () => {
  it('next() gives everything at once, and nothing more when it was taken', () => {
    const { rounds, results } = play([batchOf(3), batchOf(4)], () => answered(200))
    expect([rounds, results]).toEqual([
      [[3, 4]],
      [
        [3, 200],
        [4, 200],
      ],
    ])
  })

  it('next() gives parts of what is too large', () => {
    const { rounds, results } = play([batchOf(8)], ({ spanCount }) => answered(spanCount > 4 ? 413 : 200))
    expect(rounds[0]).toEqual([8])
    expect(results.every(([, status]) => status === 200)).toBe(true)
    expect(results.reduce((sum, [spans]) => sum + Number(spans), 0)).toBe(8)
  })

  it('next() stops to divide when nothing is taken', () => {
    const { rounds, results } = play([batchOf(512)], () => answered(400))
    expect(rounds.flat().length).toBeLessThanOrEqual(21)
    expect(results.reduce((sum, [spans]) => sum + Number(spans), 0)).toBe(512)
    expect(results.every(([, status]) => status === 400)).toBe(true)
  })

  it('next() asks a busy server once more, with one batch, and goes on when that is taken', () => {
    const { rounds, results, waitedMillis } = play([batchOf(1), batchOf(2), batchOf(3)], (_batch, round) =>
      answered(round === 0 ? 503 : 200, '2'),
    )
    expect([rounds.map((round) => round.length), results.length]).toEqual([[3, 1, 2], 3])
    expect(results.every(([, status]) => status === 200)).toBe(true)
    expect(waitedMillis).toBe(2000)
  })

  it('results() says what was answered last when the server stays busy', () => {
    const { rounds, results } = play([batchOf(1), batchOf(2)], () => answered(503))
    expect(rounds.map((round) => round.length)).toEqual([2, 1])
    expect(results.toSorted()).toEqual([
      [1, 503],
      [2, 503],
    ])
  })

  it.each<[string, LastSendOutcome]>([
    ['unanswered', { status: 'unanswered' }],
    ['failed', { status: 'failed', code: 'ECONNREFUSED' }],
    ['unsent', { status: 'unsent', code: 'E' }],
  ])('next() does not give again what was %s', (status, outcome) => {
    const { rounds, results } = play([batchOf(2)], () => outcome)
    expect([rounds, results]).toEqual([[[2]], [[2, status]]])
  })

  it('waitMillis() is infinite for a server that asks for longer than the process has', () => {
    const { rounds, results } = play([batchOf(2)], () => answered(429, '60'))
    expect([rounds, results]).toEqual([[[2]], [[2, 429]]])
  })
})
