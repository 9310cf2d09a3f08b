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
      for (let left = limitMillis; done < fields.length; done++) {
        if (isStopped || blamed.has(done)) continue
        left -= fields[done]?.millis ?? 0
        if (left < 0) return 'timed_out' as const
      }
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
  )
  expect([done, works]).toEqual([fields.length, limits.length])
  return { blamed: [...blamed], limits, isStopped }
}

describe('runInTime()', () => {
  it('runInTime() does what is quick at once', () => {
    expect(process([], 100)).toEqual({ blamed: [], limits: [100], isStopped: false })
    expect(process([{ millis: 50 }, { millis: 50 }], 100)).toEqual({ blamed: [], limits: [100], isStopped: false })
  })

  it('runInTime() blames nobody for a batch that takes long in all', () => {
    expect(process(Array(10).fill({ millis: 60 }), 100)).toEqual({
      blamed: [],
      limits: Array(10).fill(100),
      isStopped: false,
    })
  })

  it('runInTime() blames a field that had the whole limit to itself, and no other', () => {
    expect(process([{ millis: 1 }, { millis: 500 }, { millis: 1 }], 100)).toEqual({
      blamed: [1],
      limits: [100, 100, 10],
      isStopped: false,
    })
    expect(process([{ millis: 500 }], 100)).toEqual({ blamed: [0], limits: [100, 10], isStopped: false })
  })

  it('runInTime() gives a long field more, before it is blamed', () => {
    const long = { length: 1 << 20 }
    expect(process([{ ...long, millis: 220 }], 100)).toEqual({ blamed: [], limits: [100, 228], isStopped: false })
    expect(process([{ ...long, millis: 300 }], 100)).toEqual({ blamed: [0], limits: [100, 228, 10], isStopped: false })
  })

  it('runInTime() gives the fields after it a tenth, and at least a millisecond', () => {
    expect(process([{ millis: 500 }, { millis: 9 }, { millis: 11 }], 100).blamed).toEqual([0, 2])
    expect(process([{ millis: 500 }, { millis: 1 }, { millis: 2 }], 4)).toMatchObject({ blamed: [0, 2] })
  })

  it('runInTime() stops after 64 of them', () => {
    const { blamed, isStopped } = process(Array(100).fill({ millis: 500 }), 100)
    expect([blamed.length, isStopped]).toEqual([64, true])
    expect(process(Array(63).fill({ millis: 500 }), 100).isStopped).toBe(false)
  })
})
