import { afterEach, expect, it } from 'vitest'
import { findWaitUntil } from './wait-until.js'

const NEXT = Symbol.for('@next/request-context')
const VERCEL = Symbol.for('@vercel/request-context')
// What platforms put there; nothing of it is declared.
const platform = globalThis as Record<PropertyKey, unknown>
const getBuiltinModule = process.getBuiltinModule

afterEach(() => {
  for (const key of [NEXT, VERCEL, 'Netlify']) delete platform[key]
  process.getBuiltinModule = getBuiltinModule
})

/** A context that keeps what it waits for, and minds whose method is called. */
class RequestContext {
  readonly waited: unknown[] = []
  waitUntil(promise: Promise<unknown>): void {
    this.waited.push(promise)
  }
}

const onCloudflare = (module: unknown): void => {
  // The type knows Node's modules alone.
  const getModule = (id: string): unknown => (id === 'cloudflare:workers' ? module : getBuiltinModule(id))
  process.getBuiltinModule = getModule as typeof process.getBuiltinModule
}

it.each<[string, (context: unknown) => void]>([
  ['Next.js', (context) => Object.assign(platform, { [NEXT]: { get: () => context } })],
  ['Vercel', (context) => Object.assign(platform, { [VERCEL]: { get: () => context } })],
  ['Netlify', (context) => Object.assign(platform, { Netlify: { context } })],
  ['Cloudflare Workers', onCloudflare],
])('findWaitUntil() finds the one of %s', (_, provide) => {
  const context = new RequestContext()
  provide(context)
  const promise = Promise.resolve()
  findWaitUntil()?.(promise)
  expect(context.waited).toEqual([promise])
})

it('findWaitUntil() finds that of the request that is being served', () => {
  const contexts = [new RequestContext(), new RequestContext(), undefined]
  platform[VERCEL] = { get: () => contexts.shift() }
  const [first, second] = contexts
  findWaitUntil()?.(Promise.resolve('first'))
  findWaitUntil()?.(Promise.resolve('second'))
  expect([first?.waited, second?.waited]).toEqual([[Promise.resolve('first')], [Promise.resolve('second')]])
  expect(findWaitUntil()).toBeUndefined()
})

it('findWaitUntil() takes the context it is given before all others', () => {
  const [given, found] = [new RequestContext(), new RequestContext()]
  platform[VERCEL] = { get: () => found }
  findWaitUntil(given)?.(Promise.resolve())
  expect([given.waited.length, found.waited.length]).toEqual([1, 0])
  findWaitUntil({ waitUntil: 'none' })?.(Promise.resolve())
  expect([given.waited.length, found.waited.length]).toEqual([1, 1])
})

it('findWaitUntil() looks on where a platform has none', () => {
  const context = new RequestContext()
  Object.assign(platform, { [NEXT]: { get: () => ({}) }, [VERCEL]: {}, Netlify: { context } })
  findWaitUntil()?.(Promise.resolve())
  expect(context.waited).toHaveLength(1)
})

const throwing = (): never => {
  throw new Error('no')
}

it.each<[string, () => void]>([
  ['there is none', () => {}],
  ['there is something else', () => Object.assign(platform, { [NEXT]: 1, [VERCEL]: { get: 2 }, Netlify: 'x' })],
  ['there is no request', () => Object.assign(platform, { [NEXT]: { get: () => null }, Netlify: { context: null } })],
  ['asking throws', () => Object.assign(platform, { [NEXT]: { get: throwing }, [VERCEL]: { get: throwing } })],
  ['looking throws', () => onCloudflare(Object.defineProperty({}, 'waitUntil', { get: throwing }))],
  ['the runtime is not Node', () => Object.assign(process, { getBuiltinModule: undefined })],
])('findWaitUntil() is undefined when %s', (_, provide) => {
  provide()
  expect(findWaitUntil()).toBeUndefined()
})

it('findWaitUntil() gives a function that does not throw when the request is over', () => {
  expect(() => findWaitUntil({ waitUntil: throwing })?.(Promise.resolve())).not.toThrow()
})
