import { describe, expect, it } from 'vitest'
import { RecordIndex } from './record-index.js'

function indexOf(count: number): RecordIndex {
  const index = new RecordIndex()
  for (let i = 0; i < count; i++) index.add({ offset: 100 * i, bodyBytes: 10 + i, spanCount: i })
  return index
}

describe('RecordIndex', () => {
  it('lease() gives each row once, in order, also after it had to grow', () => {
    const index = indexOf(1000)
    expect(Array.from({ length: 1000 }, () => index.lease())).toEqual(Array.from({ length: 1000 }, (_, row) => row))
    expect(index.lease()).toBeUndefined()
    expect(index.at(999)).toEqual({ offset: 99_900, bodyBytes: 1009, spanCount: 999 })
    expect(index.leased).toMatchObject({ batches: 1000, spans: 499_500 })
  })

  it('release() makes the oldest released row the next', () => {
    const index = indexOf(4)
    for (let i = 0; i < 3; i++) index.lease()
    index.release(2)
    index.release(0)
    expect([index.lease(), index.lease(), index.lease(), index.lease()]).toEqual([0, 2, 3, undefined])
  })

  it('release() can pass a row over until recall()', () => {
    const index = indexOf(3)
    for (let i = 0; i < 2; i++) index.lease()
    index.release(0, true)
    index.release(1, true)
    expect(index.waiting).toMatchObject({ batches: 3 })
    expect([index.lease(), index.lease()]).toEqual([2, undefined])
    expect([index.recall(), index.lease(), index.lease(), index.lease()]).toEqual([true, 0, 1, undefined])
    expect(index.recall()).toBe(false)
  })

  it('finishAt() finishes the record that begins there, and nothing when none does', () => {
    const index = indexOf(5)
    for (const offset of [200, 0, 150, 400, 401, 2 ** 32 - 1]) index.finishAt(offset)
    expect([index.lease(), index.lease(), index.lease()]).toEqual([1, 3, undefined])
  })

  it('finish() of a row that is finished, and release() of it, change nothing', () => {
    const index = indexOf(2)
    index.lease()
    index.finish(0)
    index.finish(0)
    index.release(0)
    expect(index.waiting).toMatchObject({ batches: 1 })
    expect(index.leased).toMatchObject({ batches: 0, spans: 0, bytes: 0 })
    expect([index.lease(), index.lease()]).toEqual([1, undefined])
  })

  it.each([0, 1, 17])('isDone is true when all of %d are finished', (count) => {
    const index = indexOf(count)
    expect(index.isDone).toBe(count === 0)
    for (let row = index.lease(); row !== undefined; row = index.lease()) index.finish(row)
    expect(index.isDone).toBe(true)
  })
})
