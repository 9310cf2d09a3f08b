import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { createPrivateSlot } from './private-slot.js'

it('createPrivateSlot() keeps a value for each object, and the last one', () => {
  const slot = createPrivateSlot<number>()
  const [one, two] = [{}, new Map()]
  slot.set(one, 1)
  slot.set(two, 2)
  slot.set(one, 3)
  expect([slot.get(one), slot.get(two), slot.get({})]).toEqual([3, 2, undefined])
})

it('createPrivateSlot() creates slots that know nothing of each other', () => {
  const [first, second] = [createPrivateSlot<string>(), createPrivateSlot<string>()]
  const object = {}
  first.set(object, 'first')
  expect(second.get(object)).toBeUndefined()
  second.set(object, 'second')
  expect([first.get(object), second.get(object)]).toEqual(['first', 'second'])
})

it('createPrivateSlot() leaves objects as they are to everybody else', () => {
  const slot = createPrivateSlot<string>()
  const object = { own: 1 }
  const asked: (string | symbol)[] = []
  const proxy = new Proxy(object, {
    has: (_, key) => asked.push(key) > 0,
    defineProperty: (_, key) => asked.push(key) > 0,
  })
  slot.set(object, 'hidden')
  slot.set(proxy, 'of the proxy')
  expect([slot.get(object), slot.get(proxy), asked]).toEqual(['hidden', 'of the proxy', []])
  expect(Reflect.ownKeys(object)).toEqual(['own'])
  expect(structuredClone(object)).toEqual({ own: 1 })
  expect(object.constructor).toBe(Object)
})

it('createPrivateSlot() keeps no object alive', async () => {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  const slot = createPrivateSlot<object>()
  const reference = ((): WeakRef<object> => {
    const object = {}
    slot.set(object, { of: object })
    return new WeakRef(object)
  })()
  // A WeakRef keeps its target to the end of the turn.
  await new Promise((resolve) => setImmediate(resolve))
  collect()
  expect(reference.deref()).toBeUndefined()
})
