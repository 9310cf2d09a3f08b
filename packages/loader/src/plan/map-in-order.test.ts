import { describe, expect, it } from 'vitest'
import { mapInOrder } from './map-in-order.js'

async function* count(to: number): AsyncGenerator<number> {
  for (let number = 0; number < to; number++) yield number
}

/** Promises that a test settles in an order of its own. */
function latches(): { at(index: number): Promise<void>; open(index: number): void } {
  const doors = new Map<number, () => void>()
  const opened = new Set<number>()
  return {
    at: (index) => (opened.has(index) ? Promise.resolve() : new Promise((resolve) => doors.set(index, resolve))),
    open: (index) => {
      opened.add(index)
      doors.get(index)?.()
    },
  }
}

describe('mapInOrder()', () => {
  it('mapInOrder() yields in order, whichever is done first, with no more under way than allowed', async () => {
    const latch = latches()
    let underWay = 0
    let most = 0
    const results: number[] = []
    const map = async (number: number): Promise<number> => {
      most = Math.max(most, ++underWay)
      // The third of every three opens the two before it.
      if (number % 3 === 2) for (const back of [1, 2]) latch.open(number - back)
      else await latch.at(number)
      underWay -= 1
      return number
    }
    for await (const result of mapInOrder(count(9), 3, map)) results.push(result)
    expect(results).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
    expect(most).toBe(3)
  })

  it('mapInOrder() yields what came before a failure, throws it, and starts nothing after it', async () => {
    const started: number[] = []
    const results: number[] = []
    const read = async (): Promise<void> => {
      const map = async (number: number): Promise<number> => {
        started.push(number)
        if (number === 2) throw new Error('two')
        return number
      }
      for await (const result of mapInOrder(count(100), 2, map)) results.push(result)
    }
    await expect(read()).rejects.toThrow('two')
    expect(results).toEqual([0, 1])
    expect(started.length).toBeLessThanOrEqual(4)
  })

  it('mapInOrder() aborts what is under way when the reader leaves, and waits for it', async () => {
    const ended: number[] = []
    const map = async (number: number, signal: AbortSignal): Promise<number> => {
      if (number === 0) return number
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
      ended.push(number)
      return number
    }
    for await (const _ of mapInOrder(count(100), 3, map)) break
    expect(ended).toEqual([1, 2])
  })

  it('mapInOrder() hands on the caller’s signal', async () => {
    const reason = new Error('enough')
    const map = async (_: number, signal: AbortSignal): Promise<void> => signal.throwIfAborted()
    const read = async (): Promise<void> => {
      for await (const _ of mapInOrder(count(3), 2, map, AbortSignal.abort(reason)));
    }
    await expect(read()).rejects.toBe(reason)
  })

  it('mapInOrder() of nothing is nothing', async () => {
    const results: number[] = []
    for await (const result of mapInOrder(count(0), 3, async (number) => number)) results.push(result)
    expect(results).toEqual([])
  })
})
