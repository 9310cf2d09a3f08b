import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { PacedWork } from './paced-work.js'

describe('PacedWork', () => {
  let lastWrite = Number.NEGATIVE_INFINITY
  let steps: number[] = []
  let left = 0

  beforeEach(() => {
    vi.useFakeTimers()
    lastWrite = Number.NEGATIVE_INFINITY
    steps = []
    left = 0
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  function paced(): PacedWork {
    const begun = performance.now()
    return new PacedWork(
      () => {
        steps.push(performance.now() - begun)
        left -= 1
        return left > 0
      },
      () => performance.now() - lastWrite,
    )
  }

  it('schedule() waits for quiet, and then does all there is', () => {
    const work = paced()
    left = 3
    lastWrite = performance.now()
    work.schedule()
    vi.advanceTimersByTime(399)
    expect(steps).toEqual([])
    vi.advanceTimersByTime(1)
    vi.runAllTimers()
    expect(steps).toHaveLength(3)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('schedule() takes a step now and then while it is never quiet', () => {
    const work = paced()
    left = 1000
    const writes = setInterval(() => {
      lastWrite = performance.now()
      work.schedule()
    }, 10)
    vi.advanceTimersByTime(5000)
    clearInterval(writes)
    expect(steps.length).toBeGreaterThanOrEqual(4)
    expect(steps.length).toBeLessThanOrEqual(6)
  })

  it('hurry() does not wait for quiet', () => {
    const work = paced()
    left = 5
    lastWrite = performance.now()
    work.schedule()
    work.hurry(100)
    vi.advanceTimersByTime(110)
    expect(steps).toHaveLength(5)
  })

  it('schedule() tries again after an error, later', () => {
    let attempts = 0
    const work = new PacedWork(
      () => {
        attempts += 1
        if (attempts === 1) throw new Error('disk full')
        return false
      },
      () => Number.POSITIVE_INFINITY,
    )
    work.schedule()
    vi.advanceTimersByTime(1000)
    expect(attempts).toBe(1)
    vi.advanceTimersByTime(10_000)
    expect(attempts).toBe(2)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('close() stops it for good', () => {
    const work = paced()
    left = 5
    work.schedule()
    work.close()
    work.schedule()
    work.hurry(0)
    vi.runAllTimers()
    expect(steps).toEqual([])
  })
})
