import { expect, it } from 'vitest'
import { Generations } from './generations.js'
import { SpooledBacklog } from './spooled-backlog.js'

const turnOfEvents = () => new Promise<void>((resolve) => setImmediate(resolve))

function watch(promise: Promise<void>): { readonly isOver: () => Promise<boolean> } {
  let over = false
  void promise.then(() => {
    over = true
  })
  return {
    isOver: async () => {
      await turnOfEvents()
      return over
    },
  }
}

it('gone() resolves when what entered before has left, whatever entered since', async () => {
  const generations = new Generations()
  const one = generations.enter()
  const two = generations.enter()
  const first = watch(generations.gone())
  const late = generations.enter()
  const second = watch(generations.gone())
  generations.leave(one)
  expect([await first.isOver(), await second.isOver()]).toEqual([false, false])
  generations.leave(two)
  expect([await first.isOver(), await second.isOver()]).toEqual([true, false])
  generations.leave(late)
  expect(await second.isOver()).toBe(true)
})

it('gone() waits for an earlier generation that is left when a later one goes first', async () => {
  const generations = new Generations()
  const old = generations.enter()
  void generations.gone()
  const young = generations.enter()
  const flush = watch(generations.gone())
  generations.leave(young)
  expect(await flush.isOver()).toBe(false)
  generations.leave(old)
  expect(await flush.isOver()).toBe(true)
})

it('gone() waits for all parts of a whole', async () => {
  const generations = new Generations()
  const whole = generations.enter()
  const flush = watch(generations.gone())
  generations.stay(whole)
  generations.stay(whole)
  generations.leave(whole)
  generations.leave(whole)
  expect(await flush.isOver()).toBe(false)
  generations.leave(whole)
  expect(await flush.isOver()).toBe(true)
})

it('gone() resolves at once when nothing is there', async () => {
  expect(await watch(new Generations().gone()).isOver()).toBe(true)
})

it('emptied() resolves when as many came back as were stored at the call, or nothing can be had', async () => {
  const backlog = new SpooledBacklog()
  expect(await watch(backlog.emptied()).isOver()).toBe(true)
  backlog.stored(10)
  const first = watch(backlog.emptied())
  backlog.stored(5)
  const second = watch(backlog.emptied())
  backlog.returned(9)
  expect(await first.isOver()).toBe(false)
  backlog.returned(1)
  expect([await first.isOver(), await second.isOver()]).toEqual([true, false])
  backlog.exhausted()
  expect(await second.isOver()).toBe(true)
})
