import { describe, expect, it } from 'vitest'
import { RuleFailed } from './compile-rules.js'
import { type Interruptible, runInTime } from './run-in-time.js'

const failure = new RuleFailed(3, 'timed_out')

interface Field {
  /** How long a rule takes for it. */
  readonly millis: number
  readonly length?: number
}

/** Fields in a world in which time is what they say it is: a guard that lets as much be done as fits its limit. */
function process(fields: readonly Field[], fieldTimeoutMillis: number) {
  const blamed = new Set<number>()
  const limits: number[] = []
  let done = 0
  let now = 0
  let isStopped = false
  const run: Interruptible = {
    get progress() {
      return String(done)
    },
    get pendingLength() {
      return fields[done]?.length ?? 0
    },
    blame(reason) {
      expect(reason).toBe(failure)
      blamed.add(done)
    },
    stop: () => {
      isStopped = true
    },
  }
  const guard = {
    run(job: () => void, limitMillis: number) {
      limits.push(limitMillis)
      job()
      let left = limitMillis
      for (; done < fields.length; done++) {
        if (isStopped || blamed.has(done)) continue
        left -= fields[done]?.millis ?? 0
        if (left < 0) {
          now += limitMillis
          return 'timed_out' as const
        }
      }
      now += limitMillis - left
      return 'done' as const
    },
  }
  let works = 0
  runInTime(
    guard,
    run,
    () => works++,
    fieldTimeoutMillis,
    () => failure,
    () => now,
  )
  expect([done, works]).toEqual([fields.length, limits.length])
  return { blamed: [...blamed], limits, isStopped, millis: now }
}

describe('runInTime()', () => {
  it('runInTime() does what is quick at once', () => {
    expect(process([], 100)).toMatchObject({ blamed: [], limits: [100], isStopped: false })
    expect(process([{ millis: 50 }, { millis: 50 }], 100)).toMatchObject({
      blamed: [],
      limits: [100],
      isStopped: false,
    })
  })

  it('runInTime() blames nobody for a batch that takes long in all', () => {
    expect(process(Array(10).fill({ millis: 60 }), 100)).toMatchObject({
      blamed: [],
      limits: Array(10).fill(100),
      isStopped: false,
    })
  })

  it('runInTime() blames a field that had the whole limit to itself, and no other', () => {
    expect(process([{ millis: 1 }, { millis: 500 }, { millis: 1 }], 100)).toMatchObject({
      blamed: [1],
      limits: [100, 100, 10],
      isStopped: false,
    })
    expect(process([{ millis: 500 }], 100)).toMatchObject({ blamed: [0], limits: [100, 10], isStopped: false })
  })

  it('runInTime() gives a long field more, before it is blamed', () => {
    const long = { length: 1 << 20 }
    expect(process([{ ...long, millis: 220 }], 100)).toMatchObject({ blamed: [], limits: [100, 228], isStopped: false })
    expect(process([{ ...long, millis: 300 }], 100)).toMatchObject({
      blamed: [0],
      limits: [100, 228, 10],
      isStopped: false,
    })
  })

  it('runInTime() gives the fields after it a tenth, and at least a millisecond', () => {
    expect(process([{ millis: 500 }, { millis: 9 }, { millis: 11 }], 100).blamed).toEqual([0, 2])
    expect(process([{ millis: 500 }, { millis: 1 }, { millis: 2 }], 4)).toMatchObject({ blamed: [0, 2] })
  })

  it('runInTime() stops when texts that never end have taken half a second more', () => {
    const { blamed, isStopped, millis } = process(Array(1000).fill({ millis: 1e9 }), 100)
    expect(isStopped).toBe(true)
    expect(blamed.length).toBeLessThan(100)
    expect(millis).toBeLessThanOrEqual(100 + 500 + 20)
    expect(process(Array(20).fill({ millis: 1e9 }), 100).isStopped).toBe(false)
  })

  it.each([50, 90, 99])('runInTime() does not let many texts of %i ms take more than a second and a half', (each) => {
    const { isStopped, millis } = process(Array(1000).fill({ millis: each }), 100)
    expect(isStopped).toBe(true)
    // The clock of this world counts what was ended and what was done: some of it twice.
    expect(millis).toBeLessThanOrEqual(2000)
  })

  it('runInTime() lets texts of less than a tenth of the limit through, however many', () => {
    expect(process(Array(1000).fill({ millis: 9 }), 100)).toMatchObject({ blamed: [], isStopped: false })
  })
})
