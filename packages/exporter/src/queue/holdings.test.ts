import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { SpanLedger } from '../delivery/span-ledger.js'
import type { EncodedBatch } from '../encode/encoded-batch.js'
import { openSpool } from '../spool/open-spool.js'
import type { Spool } from '../spool/spool.js'
import { Holdings } from './holdings.js'
import { ParcelQueue } from './parcel-queue.js'

const folders: string[] = []
const spools: Spool[] = []
afterEach(() => {
  for (const spool of spools.splice(0)) spool.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'axion-holdings-'))
  folders.push(folder)
  return folder
}

function segmentsIn(dir: string): string[] {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.name.endsWith('.segment'))
    .map(({ parentPath, name }) => join(parentPath, name))
}

function setUp({ maxBytes = 1000, dir }: { maxBytes?: number; dir?: string } = {}) {
  const ledger = new SpanLedger()
  const queue = new ParcelQueue({ maxBytes, maxSpans: 1000 })
  const spool =
    dir === undefined
      ? undefined
      : openSpool({ dir, destination: 'd', maxBytes: 2 ** 24, fsync: 'none', evict: 'oldest', onProblem: () => {} })
  if (spool) spools.push(spool)
  const told: string[] = []
  const holdings = new Holdings({
    queue,
    spool,
    ledger,
    onOverflow: () => told.push('overflow'),
    onPressure: () => told.push('pressure'),
  })
  const store = (bytes: number, spanCount = 1, preferDisk = false): void => {
    ledger.accept(spanCount)
    holdings.store(batch(bytes, spanCount), preferDisk)
  }
  return { ledger, queue, holdings, store, told }
}

const batch = (bytes: number, spanCount = 1): EncodedBatch => ({ body: Buffer.alloc(bytes, 1), spanCount })

describe('Holdings', () => {
  it('store() keeps in memory what there is room for, and drops the rest by count', () => {
    const { store, ledger, told } = setUp()
    for (let n = 0; n < 12; n++) store(100, 3)
    expect(ledger.report()).toMatchObject({ dropped: 6, pending: 30 })
    expect(ledger.droppedBy()).toEqual({ queue_full: 6 })
    expect([...new Set(told)]).toEqual(['pressure', 'overflow'])
  })

  it('store() puts on disk what memory has no room for, or all of it when asked to', async () => {
    const { store, ledger, holdings } = setUp({ dir: temporaryFolder() })
    for (let n = 0; n < 12; n++) store(100, 3)
    expect(ledger.report()).toMatchObject({ dropped: 0, spooled: 6, pending: 30 })
    store(100, 3, true)
    expect(ledger.report()).toMatchObject({ spooled: 9, pending: 30 })
    const leased = await holdings.nextFromDisk()
    if (!leased) throw new Error('the disk is empty')
    holdings.settled(leased, 2, 1)
    expect(ledger.report()).toEqual({ exported: 2, failed: 1, dropped: 0, spooled: 6, pending: 30 })
  })

  it('settled() of spans that another process left counts them apart', async () => {
    const dir = temporaryFolder()
    const first = setUp({ dir })
    first.store(100, 5, true)
    spools.pop()?.close()
    const { holdings, ledger } = setUp({ dir })
    const leased = await holdings.nextFromDisk()
    if (!leased) throw new Error('the disk is empty')
    holdings.settled(leased, 5, 0)
    expect(holdings.replayed).toBe(5)
    expect(ledger.report()).toEqual({ exported: 0, failed: 0, dropped: 0, spooled: 0, pending: 0 })
  })

  it('divided() ends a lease only when all parts were settled', async () => {
    const dir = temporaryFolder()
    const { store, holdings, ledger } = setUp({ dir })
    store(100, 4, true)
    const whole = await holdings.nextFromDisk()
    if (!whole) throw new Error('the disk is empty')
    holdings.divided(whole, { parts: [batch(50, 2), batch(50, 2)], search: undefined, turn: 'next' })
    const [one, two] = [holdings.next(), holdings.next()]
    if (!one || !two) throw new Error('the parts are not there')
    holdings.settled(one, 2, 0)
    // Whoever starts anew now has to send the batch once more.
    expect(ledger.report()).toMatchObject({ exported: 2, spooled: 2 })
    holdings.settled(two, 2, 0)
    expect(ledger.report()).toEqual({ exported: 4, failed: 0, dropped: 0, spooled: 0, pending: 0 })
    spools.pop()?.close()
    expect(await setUp({ dir }).holdings.nextFromDisk()).toBeUndefined()
  })

  it('postponed() moves to disk what may, and keeps the rest first in line', async () => {
    const { store, holdings, ledger } = setUp({ dir: temporaryFolder() })
    for (const bytes of [10, 20, 30]) store(bytes)
    const [first, second] = [holdings.next(), holdings.next()]
    if (!first || !second) throw new Error('nothing is held')
    holdings.postponed(first, false)
    holdings.postponed(second, true)
    expect(ledger.report()).toMatchObject({ spooled: 1, pending: 2 })
    expect(holdings.next()?.body.byteLength).toBe(10)
  })

  it('surrender() gives up memory, and leaves on disk what came from there', async () => {
    const dir = temporaryFolder()
    const { store, holdings, queue } = setUp({ dir })
    store(10)
    store(20)
    store(30, 1, true)
    holdings.next()
    await holdings.nextFromDisk()
    expect(holdings.surrender().map(({ body }) => body.byteLength)).toEqual([10, 20])
    expect([holdings.isMemoryEmpty, queue.bytes]).toEqual([true, 0])
    expect((await holdings.nextFromDisk())?.body.byteLength).toBe(30)
  })

  it('surrender() leaves on disk what is left of a batch that was settled in part, and no more', async () => {
    const dir = temporaryFolder()
    const { store, holdings, ledger } = setUp({ dir })
    store(100, 4, true)
    const whole = await holdings.nextFromDisk()
    if (!whole) throw new Error('the disk is empty')
    holdings.divided(whole, { parts: [batch(50, 1), batch(60, 3)], search: undefined, turn: 'next' })
    const first = holdings.next()
    if (!first) throw new Error('the parts are not there')
    holdings.settled(first, 1, 0)
    expect(holdings.surrender()).toEqual([])
    expect(ledger.report()).toEqual({ exported: 1, failed: 0, dropped: 0, spooled: 3, pending: 0 })
    expect(spools[0]?.stats().own.waiting).toEqual({ batches: 1, spans: 3, bytes: 60 })
    spools.pop()?.close()
    const next = setUp({ dir }).holdings
    expect(await next.nextFromDisk()).toMatchObject({ spanCount: 3 })
    expect(await next.nextFromDisk()).toBeUndefined()
  })

  it('reconcile() books as dropped what somebody deleted from the disk, and what is damaged there', async () => {
    const dir = temporaryFolder()
    const { store, holdings, ledger } = setUp({ dir })
    store(100, 4, true)
    store(100, 3, true)
    const [segment] = segmentsIn(dir)
    if (!segment) throw new Error('there is no segment')
    // The last byte of the second body.
    const bytes = readFileSync(segment)
    bytes[bytes.length - 1] = 7
    writeFileSync(segment, bytes)
    const first = await holdings.nextFromDisk()
    expect(first).toMatchObject({ spanCount: 4 })
    expect(await holdings.nextFromDisk()).toBeUndefined()
    expect(ledger.report()).toMatchObject({ dropped: 3, spooled: 4, pending: 0 })
    if (first) holdings.postponed(first, true)
    rmSync(dir, { recursive: true })
    expect(await holdings.nextFromDisk()).toBeUndefined()
    expect(ledger.report()).toEqual({ exported: 0, failed: 0, dropped: 7, spooled: 0, pending: 0 })
    expect(ledger.droppedBy()).toEqual({ spool_damaged: 3, spool_vanished: 4 })
    // Nobody waits for what will not come.
    await holdings.diskEmptied()
  })

  it('postponed() as the last lets everything else on disk come first', async () => {
    const { store, holdings } = setUp({ dir: temporaryFolder() })
    for (const bytes of [10, 20]) store(bytes, 1, true)
    const first = await holdings.nextFromDisk()
    if (!first) throw new Error('the disk is empty')
    holdings.postponed(first, true, true)
    expect((await holdings.nextFromDisk())?.body.byteLength).toBe(20)
    expect((await holdings.nextFromDisk())?.body.byteLength).toBe(10)
  })

  it('emptied() and diskEmptied() resolve when what was held is settled', async () => {
    const { store, holdings } = setUp({ dir: temporaryFolder() })
    store(10)
    store(20, 1, true)
    const over: string[] = []
    const both = [
      holdings.emptied().then(() => over.push('memory')),
      holdings.diskEmptied().then(() => over.push('disk')),
    ]
    const [near, far] = [holdings.next(), await holdings.nextFromDisk()]
    if (!near || !far) throw new Error('nothing is held')
    expect(over).toEqual([])
    holdings.settled(near, 1, 0)
    await both[0]
    expect(over).toEqual(['memory'])
    holdings.settled(far, 1, 0)
    await both[1]
    expect(over).toEqual(['memory', 'disk'])
  })
})
