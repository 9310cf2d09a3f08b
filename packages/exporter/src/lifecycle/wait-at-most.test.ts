import { expect, it } from 'vitest'
import { waitAtMost } from './wait-at-most.js'

const NEVER = new Promise<void>(() => {})
const timers = (): number => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length

it('waitAtMost() resolves with the work, and leaves no timer', async () => {
  const before = timers()
  await expect(waitAtMost(1e6, Promise.resolve('done'))).resolves.toBeUndefined()
  expect(timers()).toBe(before)
})

it('waitAtMost() resolves when the time is up', async () => {
  await expect(waitAtMost(1, NEVER)).resolves.toBeUndefined()
})

it('waitAtMost() rejects with the work, and leaves no timer', async () => {
  const before = timers()
  await expect(waitAtMost(1e6, Promise.reject(new Error('mine')))).rejects.toThrow('mine')
  expect(timers()).toBe(before)
})
