import { describe, expect, it } from 'vitest'
import { startDeadline } from './deadline.js'

describe('startDeadline()', () => {
  it('isDue is true when the time is up, also before the event loop comes to end the request', () => {
    const clock = { now: 0 }
    const deadline = startDeadline(60_000, () => clock.now)
    clock.now = 59_999
    expect([deadline.isDue, deadline.signal.aborted]).toEqual([false, false])
    clock.now = 60_000
    expect([deadline.isDue, deadline.signal.aborted]).toEqual([true, false])
    deadline.clear()
  })

  it('isDue is true of a request that was given up', () => {
    const deadline = startDeadline(60_000)
    deadline.abort()
    expect([deadline.isDue, deadline.signal.aborted]).toEqual([true, true])
  })
})
