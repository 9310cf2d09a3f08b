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
      backOff.failed(clock.now)
      waits.push(Math.round(backOff.remainingMillis()))
      clock.now += backOff.remainingMillis()
    }
    expect(waits).toEqual([1000, 1500, 2250, 3375, 5063, 7594, 11391, 17086, 25629, 30000, 30000])
    backOff.failed(clock.now)
    clock.now += 1
    backOff.succeeded(clock.now)
    expect([backOff.remainingMillis(), backOff.isFailing]).toEqual([0, false])
    backOff.failed(clock.now)
    expect(backOff.remainingMillis()).toBe(1000)
  })

  it.each([
    [0, 800],
    [1, 1200],
  ])('remainingMillis() differs by a fifth with chance (%d)', (random, expected) => {
    const { clock, backOff } = setUp(random)
    backOff.failed(clock.now)
    expect(backOff.remainingMillis()).toBeCloseTo(expected)
  })

  it('failed() obeys the server, and the longest of several pleas', () => {
    const { clock, backOff } = setUp()
    backOff.failed(0, 60_000)
    backOff.failed(0, 5_000)
    backOff.failed(clock.now)
    expect(backOff.remainingMillis()).toBe(60_000)
  })

  it('failed() leaves no server alone for longer than five minutes, whatever it asks', () => {
    const { clock, backOff } = setUp()
    backOff.failed(clock.now, 86_400_000)
    expect(backOff.remainingMillis()).toBe(300_000)
  })

  it('failed() waits ever longer on a server that asks for no wait, and as long as it asks when that is more', () => {
    const { clock, backOff } = setUp()
    const waits: number[] = []
    for (const askedMillis of [0, 0, 0, 1000, 9000]) {
      backOff.failed(clock.now, askedMillis)
      waits.push(Math.round(backOff.remainingMillis()))
      clock.now += backOff.remainingMillis()
    }
    expect(waits).toEqual([1000, 1500, 2250, 3375, 9000])
  })

  it('hurry() ends what of a wait goes beyond the one the server asked for', () => {
    const { clock, backOff } = setUp()
    for (let n = 0; n < 9; n++) backOff.failed(clock.now++)
    backOff.failed(clock.now, 2000)
    backOff.hurry()
    expect(backOff.remainingMillis()).toBe(2000)
    clock.now += 2000
    backOff.failed(clock.now, 0)
    backOff.hurry()
    expect(backOff.remainingMillis()).toBe(0)
  })

  it('failed() counts requests that ran beside each other once', () => {
    const { clock, backOff } = setUp()
    const started = clock.now
    clock.now += 100
    for (let n = 0; n < 8; n++) backOff.failed(started)
    expect(backOff.remainingMillis()).toBe(1000)
    clock.now += 1000
    backOff.failed(clock.now - 50)
    expect(backOff.remainingMillis()).toBe(1500)
  })

  it('succeeded() does not end a wait that began while the request ran', () => {
    const { clock, backOff } = setUp()
    const started = clock.now
    clock.now += 100
    backOff.failed(started, 5000)
    backOff.succeeded(started)
    expect([backOff.remainingMillis(), backOff.isFailing]).toEqual([5000, true])
    clock.now += 5000
    backOff.succeeded(clock.now)
    expect(backOff.isFailing).toBe(false)
  })

  it('hurry() ends a wait of our own, not one the server asked for', () => {
    const { clock, backOff } = setUp()
    backOff.failed(clock.now)
    backOff.hurry()
    expect(backOff.remainingMillis()).toBe(0)
    backOff.failed(clock.now, 10_000)
    backOff.hurry()
    expect(backOff.remainingMillis()).toBe(10_000)
    clock.now += 10_000
    expect(backOff.remainingMillis()).toBe(0)
    backOff.failed(clock.now)
    backOff.hurry()
    expect(backOff.remainingMillis()).toBe(0)
  })
})
