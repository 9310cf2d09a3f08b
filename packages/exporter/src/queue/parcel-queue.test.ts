import { describe, expect, it } from 'vitest'
import type { Parcel, RefusalSearch } from './parcel.js'
import { ParcelQueue } from './parcel-queue.js'

const parcel = (bytes: number, spanCount = 1): Parcel => ({
  body: new Uint8Array(bytes),
  spanCount,
  generation: 0,
  doubt: undefined,
  leased: undefined,
  search: undefined,
})

describe('ParcelQueue', () => {
  it('hasRoom() counts bytes and spans, on their way included, until they are released', () => {
    const queue = new ParcelQueue({ maxBytes: 100, maxSpans: 10 })
    queue.add(parcel(60, 2))
    expect([queue.hasRoom(40, 8), queue.hasRoom(41, 1), queue.hasRoom(1, 9)]).toEqual([true, false, false])
    const taken = queue.take()
    if (!taken) throw new Error('the queue is empty')
    expect(queue.hasRoom(41, 1)).toBe(false)
    queue.release(taken)
    expect([queue.hasRoom(100, 10), queue.bytes, queue.spans, queue.isEmpty]).toEqual([true, 0, 0, true])
  })

  it('hasRoom() lets in what exceeds the bounds alone when there is nothing else', () => {
    const queue = new ParcelQueue({ maxBytes: 100, maxSpans: 10 })
    expect(queue.hasRoom(1000, 100)).toBe(true)
    queue.add(parcel(1000, 100))
    expect(queue.hasRoom(0, 1)).toBe(false)
  })

  it('take() gives what came first, parts and what was put back before it, through many rounds', () => {
    const queue = new ParcelQueue({ maxBytes: 1e9, maxSpans: 1e9 })
    const expected: number[] = []
    let next = 0
    for (let round = 0; round < 5000; round++) {
      queue.add(parcel(next++))
      queue.add(parcel(next++))
      const taken = queue.take()
      if (round % 7 === 0 && taken) queue.putBack([taken])
      else if (taken) expected.push(taken.body.byteLength)
      if (round % 1000 === 0) {
        queue.addFirst([parcel(1e6), parcel(1e6 + 1)])
        expect([queue.take(), queue.take()].map((part) => part?.body.byteLength)).toEqual([1e6, 1e6 + 1])
      }
    }
    for (let taken = queue.take(); taken; taken = queue.take()) expected.push(taken.body.byteLength)
    expect(expected).toEqual(Array.from({ length: 10_000 }, (_, n) => n))
  })

  it('addFirst() puts parts of one search before all others, before each other or behind', () => {
    const queue = new ParcelQueue({ maxBytes: 1e9, maxSpans: 1e9 })
    const search: RefusalSearch = {
      requestsLeft: 10,
      parts: 0,
      refusedSpans: 0,
      triesLeft: undefined,
      givenUp: undefined,
      accepted: false,
      doubtsInRow: 0,
    }
    const part = (bytes: number): Parcel => ({ ...parcel(bytes), search })
    queue.add(parcel(1))
    queue.addFirst([part(20), part(21)])
    queue.take()
    queue.addFirst([part(30), part(31)], 'after_siblings')
    queue.addFirst([part(40), part(41)], 'next')
    expect(queue.takeAll().map(({ body }) => body.byteLength)).toEqual([40, 41, 21, 30, 31, 1])
  })

  it('take() leaves what may not go where it is', () => {
    const queue = new ParcelQueue({ maxBytes: 1e9, maxSpans: 1e9 })
    for (const bytes of [1, 2, 3, 4]) queue.add(parcel(bytes))
    const isEven = ({ body }: Parcel): boolean => body.byteLength % 2 === 0
    const taken = [queue.take(isEven), queue.take(isEven), queue.take(isEven)]
    expect(taken.map((one) => one?.body.byteLength)).toEqual([2, 4, undefined])
    expect([queue.bytes, queue.takeAll().map(({ body }) => body.byteLength)]).toEqual([10, [1, 3]])
  })

  it('putLast() puts what was taken out behind all others', () => {
    const queue = new ParcelQueue({ maxBytes: 1e9, maxSpans: 1e9 })
    for (const bytes of [1, 2, 3]) queue.add(parcel(bytes))
    const first = queue.take()
    if (first) queue.putLast(first)
    expect([queue.bytes, queue.takeAll().map(({ body }) => body.byteLength)]).toEqual([6, [2, 3, 1]])
  })

  it('takeAll() leaves nothing behind', () => {
    const queue = new ParcelQueue({ maxBytes: 100, maxSpans: 10 })
    for (const bytes of [1, 2, 3]) queue.add(parcel(bytes))
    const first = queue.take()
    expect(queue.takeAll().map(({ body }) => body.byteLength)).toEqual([2, 3])
    if (first) queue.release(first)
    expect([queue.bytes, queue.spans, queue.isEmpty, queue.take(), queue.load]).toEqual([0, 0, true, undefined, 0])
  })
})
