import { expect, it } from 'vitest'
import type { Drainable, SettledRemainder } from './drainable.js'
import { releaseRemaining } from './release-remaining.js'

const CHANCE = { deadlineMillis: 0, limit: 'within 1 ms' }

/** Holds a batch of two spans and one of three; what it is told is kept. */
function createDrainable(parts: Partial<Drainable> = {}): Drainable & { readonly settled: SettledRemainder[] } {
  const settled: SettledRemainder[] = []
  return {
    settled,
    destination: { name: 'Langfuse', origin: undefined },
    target: undefined,
    spool: undefined,
    isEmpty: () => false,
    flush: async () => {},
    takeRemaining: () => [2, 3].map((spanCount) => ({ body: new Uint8Array(), spanCount })),
    acceptedSpans: () => 0,
    settle: (remainder) => settled.push(remainder),
    ...parts,
  }
}

const fail = (): never => {
  throw new Error('no')
}

it('releaseRemaining() settles what a spool takes, and what nobody takes', () => {
  const spooled: number[] = []
  const spool: Drainable['spool'] = {
    append: ({ spanCount }) => (spooled.push(spanCount) === 1 ? 'stored' : 'full'),
  }
  const drainable = createDrainable({ spool })
  releaseRemaining([drainable], CHANCE)
  expect(spooled).toEqual([2, 3])
  const message = expect.stringMatching(/^Lost 3 of the 5 spans .* did not take them within 1 ms\. The spool /)
  expect(drainable.settled).toEqual([{ exported: 0, spooled: 2, lost: 3, message }])
})

it('releaseRemaining() takes a spool that fails for one that is full', () => {
  const drainable = createDrainable({ spool: { append: fail } })
  releaseRemaining([drainable], CHANCE)
  expect(drainable.settled).toMatchObject([{ exported: 0, spooled: 0, lost: 5 }])
})

it('releaseRemaining() says nothing when nothing is lost', () => {
  const drainable = createDrainable({ spool: { append: () => 'stored' } })
  releaseRemaining([drainable], CHANCE)
  expect(drainable.settled).toEqual([{ exported: 0, spooled: 5, lost: 0, message: undefined }])
})

it('releaseRemaining() asks nothing of a pipeline that holds nothing', () => {
  const asked: string[] = []
  const takeRemaining = (): [] => {
    asked.push('takeRemaining')
    return []
  }
  const drainables = [createDrainable({ isEmpty: () => true, takeRemaining }), createDrainable({ takeRemaining })]
  releaseRemaining(drainables, CHANCE)
  expect([asked, ...drainables.map(({ settled }) => settled)]).toEqual([['takeRemaining'], [], []])
})

it.each<[string, Partial<Drainable>]>([
  ['cannot be asked', { isEmpty: fail }],
  ['gives nothing up', { takeRemaining: fail }],
  ['cannot settle', { settle: fail }],
])('releaseRemaining() goes on with the others when a pipeline %s', (_, parts) => {
  const other = createDrainable()
  releaseRemaining([createDrainable(parts), other], CHANCE)
  expect(other.settled).toMatchObject([{ lost: 5 }])
})
