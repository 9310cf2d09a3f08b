import { describe, expect, it } from 'vitest'
import { BackOff } from './back-off.js'

function setUp(random = 0.5) {
  const clock = { now: 1000 }
  const backOff = new BackOff(
    () => clock.now,
    () => random,
  )
  return { clock, backOff }
}

describe('BackOff', () => {
  it('remainingMillis() grows by half from a second to thirty, and is nothing after a success', () => {
    const { clock, backOff } = setUp()
    const waits: number[] = []
    for (let n = 0; n < 11; n++) {
      backOff.failed()
      waits.push(Math.round(backOff.remainingMillis()))
      clock.now += backOff.remainingMillis()
    }
    expect(waits).toEqual([1000, 1500, 2250, 3375, 5063, 7594, 11391, 17086, 25629, 30000, 30000])
    backOff.failed()
    backOff.succeeded()
    expect([backOff.remainingMillis(), backOff.isFailing]).toEqual([0, false])
    backOff.failed()
    expect(backOff.remainingMillis()).toBe(1000)
  })

  it.each([
    [0, 800],
    [1, 1200],
  ])('remainingMillis() differs by a fifth with chance (%d)', (random, expected) => {
    const { backOff } = setUp(random)
    backOff.failed()
    expect(backOff.remainingMillis()).toBeCloseTo(expected)
  })

  it('failed() obeys the server, and the longest of several pleas', () => {
    const { backOff } = setUp()
    backOff.failed(60_000)
    backOff.failed(5_000)
    backOff.failed()
    expect(backOff.remainingMillis()).toBe(60_000)
  })

  it('hurry() ends a wait of our own, not one the server asked for', () => {
    const { clock, backOff } = setUp()
    backOff.failed()
    backOff.hurry()
    expect(backOff.remainingMillis()).toBe(0)
    backOff.failed(10_000)
    backOff.hurry()
    expect(backOff.remainingMillis()).toBe(10_000)
    clock.now += 10_000
    expect(backOff.remainingMillis()).toBe(0)
    backOff.failed()
    backOff.hurry()
    expect(backOff.remainingMillis()).toBe(0)
  })
})
