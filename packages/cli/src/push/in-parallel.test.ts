import { describe, expect, it } from 'vitest'
import { inParallel } from './in-parallel.js'

describe('inParallel()', () => {
  async function* numbers(count: number, error?: Error): AsyncGenerator<number> {
    for (let number = 0; number < count; number++) yield number
    if (error !== undefined) throw error
  }

  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

  it('inParallel() does all of it, never more at a time than it may', async () => {
    const done: number[] = []
    const busy = { now: 0, most: 0 }
    await inParallel(numbers(20), 4, async (number) => {
      busy.now += 1
      busy.most = Math.max(busy.most, busy.now)
      for (let turns = 0; turns <= number % 3; turns++) await turn()
      busy.now -= 1
      done.push(number)
    })
    expect(done.sort((a, b) => a - b)).toEqual([...Array(20).keys()])
    expect(busy).toEqual({ now: 0, most: 4 })
  })

  it.each([
    ['its work', undefined, 'number 2'],
    ['the source', new Error('no more'), 'no more'],
  ])('inParallel() waits for what it began when %s fails, and says the first failure', async (_, error, message) => {
    const ended: number[] = []
    const work = async (number: number): Promise<void> => {
      await turn()
      ended.push(number)
      if (error === undefined && number >= 2) throw new Error(`number ${number}`)
    }
    await expect(inParallel(numbers(error === undefined ? 100 : 3, error), 4, work)).rejects.toThrow(message)
    const before = ended.length
    expect(before).toBeLessThan(10)
    expect(before).toBeGreaterThanOrEqual(3)
    await turn()
    expect(ended).toHaveLength(before)
  })
})
