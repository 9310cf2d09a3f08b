import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type BodySink, startBodySink } from './body-sink.fixture.js'
import { registerDrainable } from './drainables.js'
import { flushAfter } from './flush-after.js'
import { createHttpDrainable, type HttpDrainable } from './http-drainable.fixture.mjs'

let sink: BodySink
let drainable: HttpDrainable
let forget: () => void
beforeEach(async () => {
  sink = await startBodySink()
  drainable = createHttpDrainable(sink.url)
  forget = registerDrainable(drainable)
})
afterEach(async () => {
  forget()
  await sink.close()
})

const context = (millis: number): object => ({ getRemainingTimeInMillis: () => millis })

describe('flushAfter()', () => {
  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, '5', null, {}])(
    'flushAfter() refuses the deadline %s',
    (deadlineMillis) => {
      // As JavaScript may call it.
      const options = { deadlineMillis } as { deadlineMillis: number }
      expect(() => flushAfter(() => {}, options)).toThrow(
        /^Cannot flush after a handler: expected deadlineMillis from above 0 to 2147483647, found /,
      )
    },
  )

  it.each([undefined, {}, 'handler'])('flushAfter() refuses the handler %s', (handler) => {
    expect(() => flushAfter(handler as () => void)).toThrow(/^Cannot flush after a handler: expected a function/)
  })

  it('flushAfter() holds the answer back until the spans are sent', async () => {
    const handler = flushAfter(async (event: { readonly name: string }) => {
      drainable.hold(event.name)
      return { statusCode: 200 }
    })
    expect(await handler({ name: 'one' })).toEqual({ statusCode: 200 })
    expect(sink.bodies).toEqual(['one'])
  })

  it('flushAfter() holds an error back as well, and leaves it what it is', async () => {
    const error = new Error('no')
    const handler = flushAfter(async () => {
      drainable.hold('one')
      throw error
    })
    await expect(handler()).rejects.toBe(error)
    expect(sink.bodies).toEqual(['one'])
  })

  it('flushAfter() holds back what goes to the callback', async () => {
    type Callback = (error: unknown, result: unknown) => void
    const handler = flushAfter((_event: unknown, _context: object, callback: Callback) => {
      drainable.hold('one')
      callback(null, 'done')
    })
    const bodies = await new Promise((resolve) => {
      const result = handler({}, context(60_000), (...results) => resolve([...results, ...sink.bodies]))
      expect(result).toBeUndefined()
    })
    expect(bodies).toEqual([null, 'done', 'one'])
  })

  it('flushAfter() lets the stream of a streaming handler end first', async () => {
    const ended: string[] = []
    // As the runtime of Lambda calls it, https://docs.aws.amazon.com/lambda/latest/dg/config-rs-write-functions.html
    const handler = flushAfter(async (_event: unknown, stream: { end(): void }, _context: object) => {
      drainable.hold('one')
      stream.end()
    })
    await handler({}, { end: () => ended.push(...sink.bodies, 'end') }, context(60_000))
    expect([ended, sink.bodies]).toEqual([['end'], ['one']])
  })

  it('flushAfter() leaves a synchronous handler synchronous, and sends behind its back', async () => {
    const handler = flushAfter((event: string) => {
      drainable.hold(event)
      if (event === 'throw') throw new TypeError('no')
      return event
    })
    expect(handler('event')).toBe('event')
    await sink.arrived(1)
    expect(() => handler('throw')).toThrow(new TypeError('no'))
    await sink.arrived(2)
    expect(new Set(sink.bodies)).toEqual(new Set(['event', 'throw']))
  })

  it('flushAfter() gives a handler that keeps its name, its length, its properties and its `this`', async () => {
    const marker = Symbol.for('aws.lambda.runtime.handler.streaming')
    const original = Object.assign(
      async function handle(this: unknown, _event: unknown, _context: unknown) {
        return this
      },
      { [marker]: 'response' },
    )
    const handler = flushAfter(original)
    expect([handler.name, handler.length, handler[marker]]).toEqual(['handle', 2, 'response'])
    const self = { handler }
    expect(await self.handler({}, {})).toBe(self)
  })

  it('flushAfter() does not begin to wait when the function has no time left for it', async () => {
    const flush = vi.spyOn(drainable, 'flush')
    const handler = flushAfter(async (_event: unknown, _context: unknown) => drainable.hold('one'))
    await handler({}, context(200))
    expect(flush).not.toHaveBeenCalled()
    await handler({}, context(1_250))
    expect(flush).toHaveBeenLastCalledWith(1_000)
    await handler({}, context(60_000))
    expect(flush).toHaveBeenLastCalledWith(5_000)
  })

  it.each<[string, object]>([
    ['is nothing', { getRemainingTimeInMillis: () => undefined }],
    ['is no number', { getRemainingTimeInMillis: () => Number.NaN }],
    ['cannot be had', { getRemainingTimeInMillis: () => JSON.parse('') }],
  ])('flushAfter() goes by its own deadline when the time left %s', async (_, bad) => {
    const flush = vi.spyOn(drainable, 'flush')
    const handler = flushAfter(async (_event: unknown, _context: unknown) => drainable.hold('one'), {
      deadlineMillis: 77,
    })
    await handler({}, bad)
    expect(flush).toHaveBeenCalledWith(77)
  })

  it('flushAfter() gives a server up that does not answer', async () => {
    await sink.close()
    sink = await startBodySink(() => {})
    const silent = createHttpDrainable(sink.url)
    const forgetSilent = registerDrainable(silent)
    const handler = flushAfter(
      async () => {
        silent.hold('one')
        return 'answer'
      },
      { deadlineMillis: 100 },
    )
    expect(await handler()).toBe('answer')
    expect(silent.isEmpty()).toBe(false)
    forgetSilent()
  })
})
