import { describe, expect, it } from 'vitest'
import { createTimeGuard } from './time-guard.js'

const forever = (): void => {
  for (;;);
}

describe('createTimeGuard()', () => {
  it('run() does a job that ends', () => {
    const done: number[] = []
    const guard = createTimeGuard()
    expect(guard.run(() => done.push(1), 1000)).toBe('done')
    expect(guard.run(() => done.push(2), 1000)).toBe('done')
    expect(done).toEqual([1, 2])
  })

  it.each<[string, () => void]>([
    ['a loop', forever],
    ['a regular expression that backtracks', () => /(a+)+$/.test(`${'a'.repeat(100)}!`)],
    [
      'a loop that catches',
      () => {
        try {
          forever()
        } catch {
          forever()
        } finally {
          forever()
        }
      },
    ],
  ])('run() ends %s, and runs the next job', (_what, job) => {
    const guard = createTimeGuard()
    expect(guard.run(job, 5)).toBe('timed_out')
    expect(guard.run(() => {}, 1000)).toBe('done')
  })

  it('run() throws what the job throws, whatever it is', () => {
    const guard = createTimeGuard()
    for (const thrown of [new TypeError('x'), 'text', null, undefined, { code: 'OTHER' }]) {
      const job = (): never => {
        throw thrown
      }
      let caught: unknown = 'nothing'
      try {
        guard.run(job, 1000)
      } catch (error) {
        caught = error
      }
      expect(caught).toBe(thrown)
    }
  })

  it('run() may stand inside of itself, where the outer limit holds too', () => {
    const guard = createTimeGuard()
    const outcomes: string[] = []
    const outer = guard.run(() => {
      outcomes.push(guard.run(forever, 5))
      outcomes.push(guard.run(() => outcomes.push('job'), 1000))
    }, 10_000)
    expect([...outcomes, outer]).toEqual(['timed_out', 'job', 'done', 'done'])
    expect(guard.run(() => guard.run(forever, 60_000), 5)).toBe('timed_out')
    expect(guard.run(() => {}, 1000)).toBe('done')
  })
})
