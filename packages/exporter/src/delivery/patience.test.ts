import { describe, expect, it } from 'vitest'
import { Patience } from './patience.js'

const NEVER = new Promise<void>(() => {})

describe('Patience', () => {
  it('wait() goes on when its time is up while a request is about to be told of', async () => {
    let looks = 0
    const patience = new Patience(() => ++looks < 20)
    await patience.wait(NEVER, 1)
    expect(looks).toBe(20)
  })

  it('wait() resolves with what it waits for', async () => {
    await expect(new Patience(() => false).wait(Promise.resolve(), 1e6)).resolves.toBeUndefined()
  })

  it('setBack() ends a wait when everything is safe, or the next try comes too late', async () => {
    for (const [nextMillis, isSafe] of [
      [2e6, false],
      [0, true],
    ] as const) {
      const patience = new Patience(() => false)
      const wait = patience.wait(NEVER, 1e6)
      patience.setBack(10, false)
      patience.setBack(nextMillis, isSafe)
      await wait
    }
  })
})
