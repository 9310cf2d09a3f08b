import { describe, expect, it } from 'vitest'
import { holdClock } from '../testing/held-clock.fixture.js'
import { createRateLimit, sharedRateLimit } from './rate-limit.js'

describe('rate limit', () => {
  it('createRateLimit() lets a first burst through and then waits a minute for each token', async () => {
    const clock = holdClock()
    const limit = createRateLimit(clock)
    for (let request = 0; request < 7; request++) await limit.take(3, undefined)
    expect(clock.naps).toEqual([60_000, 60_000])
  })

  it('createRateLimit() never lets more through in any minute than asked, however the requests come', async () => {
    const clock = holdClock()
    const limit = createRateLimit(clock)
    const sent: number[] = []
    for (let request = 0; request < 200; request++) {
      await limit.take(10, undefined)
      sent.push(clock.monotonic())
      await clock.sleep((request * 7919) % 5000, undefined)
    }
    const busiest = Math.max(
      ...sent.map((start) => sent.filter((time) => time >= start && time < start + 60_000).length),
    )
    expect(busiest).toBe(10)
  })

  it('createRateLimit() lets a stricter loader wait for a laxer one', async () => {
    const clock = holdClock()
    const limit = createRateLimit(clock)
    for (let request = 0; request < 5; request++) await limit.take(100, undefined)
    await limit.take(2, undefined)
    expect(clock.naps).toEqual([60_000])
  })

  it('createRateLimit() costs nothing without a limit', async () => {
    const clock = holdClock()
    const limit = createRateLimit(clock)
    for (let request = 0; request < 1000; request++) await limit.take(Number.POSITIVE_INFINITY, undefined)
    expect(clock.naps).toEqual([])
  })

  it('createRateLimit() stops waiting when the signal fires', async () => {
    const limit = createRateLimit(holdClock())
    await limit.take(1, undefined)
    const reason = new Error('enough')
    await expect(limit.take(1, AbortSignal.abort(reason))).rejects.toBe(reason)
  })

  it('sharedRateLimit() gives the loaders of one server and key one bucket', () => {
    const clock = holdClock()
    expect(sharedRateLimit('http://shared pk', clock)).toBe(sharedRateLimit('http://shared pk', holdClock()))
    expect(sharedRateLimit('http://shared pk', clock)).not.toBe(sharedRateLimit('http://shared other', clock))
  })
})
