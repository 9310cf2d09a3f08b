import { expect, it } from 'vitest'
import type { SpoolStats } from './spool.js'
import { batchOf, drain, leaseAll, type OpenedSpool, textOf } from './spool-in-folder.fixture.js'

/** How a kind of spool is had. */
export interface SpoolKind {
  /** Opens one on what those before it have left, which are closed. */
  reopen(): OpenedSpool
}

/**
 * What every spool promises.
 *
 * @param make - Makes a place for spools, empty.
 */
export function describeSpool(make: () => SpoolKind): void {
  it('lease() gives what was appended, oldest first, and nothing when there is nothing', async () => {
    const { spool } = make().reopen()
    expect(await spool.lease()).toBeUndefined()
    for (const text of ['one', 'two', 'three']) expect(spool.append(batchOf(text, text.length))).toBe('stored')
    const leased = await leaseAll(spool)
    expect(leased.map((batch) => [textOf(batch), batch.spanCount, batch.own])).toEqual([
      ['one', 3, true],
      ['two', 3, true],
      ['three', 5, true],
    ])
    expect(await spool.lease()).toBeUndefined()
  })

  it.each<[string, Uint8Array, number]>([
    ['nothing', new Uint8Array(0), 0],
    ['one byte', Uint8Array.of(0), 1],
    ['every byte', Uint8Array.from({ length: 256 }, (_, byte) => byte), 4_294_967_295],
    ['a part of a larger buffer', new Uint8Array(64).fill(7).subarray(3, 9), 2],
    ['more than one segment holds', new Uint8Array(9 * 1024 * 1024).fill(1), 512],
  ])('append() keeps a body of %s as it is', async (_, body, spanCount) => {
    const kind = make()
    const { spool } = kind.reopen()
    expect(spool.append({ body, spanCount })).toBe('stored')
    const here = await spool.lease()
    expect(here?.spanCount).toBe(spanCount)
    expect(Buffer.compare(here?.body ?? Buffer.of(1, 2), body)).toBe(0)
    spool.close()
    const there = await kind.reopen().spool.lease()
    expect(there?.spanCount).toBe(spanCount)
    expect(Buffer.compare(there?.body ?? Buffer.of(1, 2), body)).toBe(0)
  })

  it('lease() gives bodies that share no memory with anything else, so that they can be sent to another thread', async () => {
    const { spool } = make().reopen()
    for (const text of ['one', 'two']) spool.append(batchOf(text))
    const [first, second] = await leaseAll(spool)
    expect(first?.body.buffer).not.toBe(second?.body.buffer)
    expect(first?.body.buffer.byteLength).toBeLessThan(100)
  })

  it.each([
    ['no number', Number.NaN],
    ['no whole number', 1.5],
    ['less than none', -1],
    ['more than 32 bits', 2 ** 32],
  ])('append() does not keep, and does not throw for, a span count that is %s', async (_, spanCount) => {
    const { spool, problems } = make().reopen()
    expect(spool.append(batchOf('good'))).toBe('stored')
    expect(spool.append(batchOf('bad', spanCount))).toBe('unavailable')
    expect(problems.map(({ code }) => code)).toEqual(['invalid_batch'])
    expect(spool.append(batchOf('good again'))).toBe('stored')
    expect(await drain(spool)).toEqual(['good', 'good again'])
  })

  it('acknowledge() keeps a batch from being leased again, also after a restart', async () => {
    const kind = make()
    const { spool } = kind.reopen()
    for (const text of ['one', 'two', 'three']) spool.append(batchOf(text))
    const [, second] = await leaseAll(spool)
    second?.acknowledge()
    spool.close()
    expect(await drain(kind.reopen().spool)).toEqual(['one', 'three'])
    expect(await drain(kind.reopen().spool)).toEqual([])
  })

  it('release() puts a batch back at its old place', async () => {
    const { spool } = make().reopen()
    for (const text of ['one', 'two', 'three']) spool.append(batchOf(text))
    const [first, second] = await leaseAll(spool)
    second?.release()
    first?.release()
    expect(await drain(spool)).toEqual(['one', 'two'])
  })

  it('acknowledge() and release() listen to the first answer only', async () => {
    const { spool } = make().reopen()
    spool.append(batchOf('one'))
    spool.append(batchOf('two'))
    const [first, second] = await leaseAll(spool)
    first?.acknowledge()
    first?.release()
    first?.acknowledge()
    second?.release()
    const again = await spool.lease()
    second?.acknowledge()
    expect(again && textOf(again)).toBe('two')
    again?.release()
    expect(await drain(spool)).toEqual(['two'])
  })

  it('lease() gives each batch to one caller when several ask at once', async () => {
    const { spool } = make().reopen()
    for (let i = 0; i < 20; i++) spool.append(batchOf(`batch ${i}`))
    const leased = await Promise.all(Array.from({ length: 25 }, () => spool.lease()))
    expect(new Set(leased.map((batch) => batch && textOf(batch))).size).toBe(21)
  })

  it('lease() gives what is appended while others are delivered', async () => {
    const { spool } = make().reopen()
    spool.append(batchOf('one'))
    const first = await spool.lease()
    spool.append(batchOf('two'))
    first?.acknowledge()
    spool.append(batchOf('three'))
    expect(await drain(spool)).toEqual(['two', 'three'])
    spool.append(batchOf('four'))
    expect(await drain(spool)).toEqual(['four'])
  })

  it('lease() says of a batch whether this spool has written it', async () => {
    const kind = make()
    const before = kind.reopen().spool
    before.append(batchOf('of the one before'))
    before.close()
    const { spool } = kind.reopen()
    spool.append(batchOf('of this one'))
    expect((await leaseAll(spool)).map((batch) => [textOf(batch), batch.own])).toEqual([
      ['of the one before', false],
      ['of this one', true],
    ])
  })

  it('stats() counts batches, spans and bytes of either origin as they come and go', async () => {
    const kind = make()
    const before = kind.reopen().spool
    before.append(batchOf('12345', 2))
    before.close()
    const { spool } = kind.reopen()
    spool.append(batchOf('123', 10))
    spool.append(batchOf('1234', 20))
    expect(summary(spool.stats())).toEqual({ own: [[2, 30, 7], NONE], adopted: [[1, 2, 5], NONE] })
    const [first, second] = await leaseAll(spool)
    expect(summary(spool.stats())).toEqual({ own: [NONE, [2, 30, 7]], adopted: [NONE, [1, 2, 5]] })
    first?.acknowledge()
    second?.release()
    expect(summary(spool.stats())).toEqual({
      own: [
        [1, 10, 3],
        [1, 20, 4],
      ],
      adopted: [NONE, NONE],
    })
  })

  it('stats() does not change once it was given', () => {
    const { spool } = make().reopen()
    const before = spool.stats()
    const copy = structuredClone(before)
    spool.append(batchOf('one'))
    expect(before).toEqual(copy)
  })

  it('close() ends it: nothing is kept, leased, acknowledged or thrown any more', async () => {
    const kind = make()
    const { spool } = kind.reopen()
    spool.append(batchOf('leased'))
    spool.append(batchOf('waiting'))
    const leased = await spool.lease()
    const asked = spool.lease()
    spool.close()
    spool.close()
    expect(await asked).toBeUndefined()
    expect(spool.append(batchOf('late'))).toBe('unavailable')
    expect(await spool.lease()).toBeUndefined()
    expect(spool.stats().errors).toEqual({})
    leased?.acknowledge()
    expect(await drain(kind.reopen().spool)).toEqual(['leased', 'waiting'])
  })
}

const NONE = [0, 0, 0]

function summary({ own, adopted }: SpoolStats): Record<string, number[][]> {
  const row = ({ waiting, leased }: SpoolStats['own']): number[][] =>
    [waiting, leased].map(({ batches, spans, bytes }) => [batches, spans, bytes])
  return { own: row(own), adopted: row(adopted) }
}
