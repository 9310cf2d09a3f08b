import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { type Abortable, onAbort } from './on-abort.js'

class Call implements Abortable {
  aborts = 0
  ended = false

  isOver(): boolean {
    return this.ended
  }

  abort(): void {
    this.aborts += 1
  }
}

describe('onAbort()', () => {
  it('ends what has not ended, once', () => {
    const { signal, ...controller } = wrap()
    const [open, over] = [new Call(), new Call()]
    onAbort(signal, open)
    onAbort(signal, over)
    over.ended = true
    controller.abort()
    controller.abort()
    expect([open.aborts, over.aborts]).toEqual([1, 0])
  })

  it('listens once to a signal of many calls, and forgets those that are over', () => {
    const { signal } = wrap()
    const calls = Array.from({ length: 100 }, () => new Call())
    let asked = 0
    for (const call of calls) {
      call.isOver = () => {
        asked += 1
        return true
      }
      onAbort(signal, call)
    }
    expect(getEventListeners(signal, 'abort')).toHaveLength(1)
    // Each is asked once, by the one that follows.
    expect(asked).toBe(99)
  })

  it('keeps the calls of two signals apart', () => {
    const [one, two] = [wrap(), wrap()]
    const [first, second] = [new Call(), new Call()]
    onAbort(one.signal, first)
    onAbort(two.signal, second)
    one.abort()
    expect([first.aborts, second.aborts]).toEqual([1, 0])
  })

  it.each([undefined, null, 'abort', {}, { aborted: true }])('takes %j for no signal', (signal) => {
    expect(() => onAbort(signal, new Call())).not.toThrow()
  })
})

function wrap(): { readonly signal: AbortSignal; abort(): void } {
  const controller = new AbortController()
  return { signal: controller.signal, abort: () => controller.abort() }
}
