import { describe, expect, it } from 'vitest'
import { readAhead } from './read-ahead.js'

/** Yields numbers up to three, noting what it begins and how it ends. */
async function* count(log: string[], signal: AbortSignal, failAt = 4): AsyncGenerator<number> {
  try {
    for (let number = 1; number <= 3; number++) {
      log.push(`read ${number}`)
      await Promise.resolve()
      if (number === failAt) throw new Error('broken')
      yield number
    }
  } finally {
    log.push(signal.aborted ? 'left' : 'ended')
  }
}

describe('readAhead()', () => {
  it('readAhead() has the next item on its way while the reader works', async () => {
    const log: string[] = []
    for await (const number of readAhead((signal) => count(log, signal))) log.push(`got ${number}`)
    expect(log.filter((entry) => entry.startsWith('got'))).toEqual(['got 1', 'got 2', 'got 3'])
    for (const number of [1, 2]) expect(log.indexOf(`read ${number + 1}`)).toBeLessThan(log.indexOf(`got ${number}`))
  })

  it('readAhead() hands out what came before a failure, and then the failure', async () => {
    const got: number[] = []
    const reading = async (): Promise<void> => {
      for await (const number of readAhead((signal) => count([], signal, 3))) {
        got.push(number)
        // Time for the failure to come before it is asked for.
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
    await expect(reading()).rejects.toThrow('broken')
    expect(got).toEqual([1, 2])
  })

  it('readAhead() ends what it reads ahead when the reader leaves or the caller wants no more', async () => {
    const log: string[] = []
    for await (const _ of readAhead((signal) => count(log, signal))) break
    expect(log).toEqual(['read 1', 'read 2', 'left'])

    const caller = new AbortController()
    const seen: boolean[] = []
    for await (const _ of readAhead((signal) => signals(signal, seen), caller.signal)) caller.abort()
    expect(seen).toEqual([false, false, true])
  })
})

async function* signals(signal: AbortSignal, seen: boolean[]): AsyncGenerator<boolean> {
  for (let turn = 0; turn < 3; turn++) {
    seen.push(signal.aborted)
    yield signal.aborted
  }
}
