import { once } from 'node:events'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { timeLimit } from './time-limit.js'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

it('timeLimit() fires when the time is up, also when garbage was collected before', async () => {
  const signal = timeLimit(20, new AbortController().signal)
  collectGarbage()
  // The limit itself holds no process.
  const held = setInterval(() => {}, 1000)
  if (!signal.aborted) await once(signal, 'abort')
  clearInterval(held)
  expect(signal.reason).toMatchObject({ name: 'TimeoutError' })
})

it('timeLimit() fires when it is stopped, before or meanwhile', () => {
  const stop = new AbortController()
  const limits = [timeLimit(60_000, stop.signal)]
  stop.abort('enough')
  limits.push(timeLimit(60_000, stop.signal))
  expect(limits.map(({ aborted, reason }) => [aborted, reason])).toEqual([
    [true, 'enough'],
    [true, 'enough'],
  ])
})
