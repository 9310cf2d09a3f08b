import { expect, it } from 'vitest'
import { startPatientTimer } from './patient-timer.js'

// The clock is a fake; the timers are real and short.
function start(lateness: readonly number[]): Promise<number> {
  return new Promise((resolve) => {
    let now = 0
    let looks = 0
    const clock = (): number => now
    startPatientTimer(
      1,
      () => resolve(looks),
      () => {
        // Asked when a timer starts and when it fires: the event loop was blocked in between.
        now += lateness[looks++] ?? 1
        return clock()
      },
    )
  })
}

it('startPatientTimer() acts when it is due', async () => {
  expect(await start([0, 1])).toBe(2)
})

it('startPatientTimer() waits once more, as long as nothing could have happened', async () => {
  // Due at 1, looked at at 100: the next look is the one after the restart.
  expect(await start([0, 100, 0, 99])).toBe(4)
})

it('startPatientTimer() can be cleared', async () => {
  let acted = false
  startPatientTimer(1, () => {
    acted = true
  }).clear()
  await new Promise<void>((resolve) => {
    setTimeout(resolve, 5)
  })
  expect(acted).toBe(false)
})
