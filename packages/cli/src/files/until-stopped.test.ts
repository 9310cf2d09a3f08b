import { describe, expect, it } from 'vitest'
import { CliError } from '../cli-error.js'
import { untilStopped } from './until-stopped.js'

describe('untilStopped()', () => {
  async function* endless(): AsyncGenerator<number> {
    for (let number = 0; ; number++) yield number
  }

  it('untilStopped() passes things on and counts them, until the signal fires', async () => {
    const stop = new AbortController()
    const seen: number[] = []
    const read = async (): Promise<void> => {
      for await (const number of untilStopped(endless(), stop.signal, (count) => count === 3 && stop.abort())) {
        seen.push(number)
      }
    }
    await expect(read()).rejects.toThrow(CliError)
    expect(seen).toEqual([0, 1, 2])
  })

  it('untilStopped() ends with its source', async () => {
    const seen: string[] = []
    for await (const letter of untilStopped(letters(), new AbortController().signal)) seen.push(letter)
    expect(seen).toEqual(['a', 'b'])
  })

  async function* letters(): AsyncGenerator<string> {
    yield 'a'
    yield 'b'
  }
})
