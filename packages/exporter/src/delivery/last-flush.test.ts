import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { BatchBuilder } from '../encode/batch-builder.js'
import type { EncodedBatch } from '../encode/encoded-batch.js'
import { endedSpans } from '../ended-spans.fixture.js'
import { asIs } from '../map/to-outgoing.js'
import { type Answer, answerOk, type OtlpSink, startOtlpSink } from '../otlp-sink.fixture.js'
import { Holdings } from '../queue/holdings.js'
import { ParcelQueue } from '../queue/parcel-queue.js'
import { openSpool } from '../spool/open-spool.js'
import { Courier } from './courier.js'
import { createOtlpSender } from './otlp-sender.js'
import { SpanLedger } from './span-ledger.js'

const sinks: OtlpSink[] = []
const couriers: Courier[] = []
const folders: string[] = []
afterEach(async () => {
  for (const courier of couriers.splice(0)) courier.stop()
  await Promise.all(sinks.splice(0).map((sink) => sink.close()))
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

async function sinkThat(answer: Answer): Promise<OtlpSink> {
  const sink = await startOtlpSink(answer)
  sinks.push(sink)
  return sink
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'axion-last-flush-'))
  folders.push(folder)
  return folder
}

function batchOf(marks: readonly boolean[]): EncodedBatch {
  const builder = new BatchBuilder()
  for (const bad of marks) for (const span of endedSpans(1, { bad })) builder.add(asIs(span))
  return builder.take()
}

function setUp(sink: OtlpSink, dir?: string) {
  const ledger = new SpanLedger()
  const spool =
    dir === undefined
      ? undefined
      : openSpool({ dir, destination: 'd', maxBytes: 2 ** 24, fsync: 'none', evict: 'oldest', onProblem: () => {} })
  const holdings = new Holdings({
    queue: new ParcelQueue({ maxBytes: 1e9, maxSpans: 1e9 }),
    spool,
    ledger,
    onOverflow: () => {},
    onPressure: () => {},
  })
  const courier = new Courier({
    holdings,
    sender: createOtlpSender({ url: sink.url, headers: {}, compression: 'none', tls: {} }),
    concurrency: 2,
    timeoutMillis: 5000,
    onFailure: () => {},
    onDelay: () => {},
    onRecovery: () => {},
  })
  couriers.push(courier)
  const carry = (...batches: readonly EncodedBatch[]): void => {
    for (const batch of batches) {
      ledger.accept(batch.spanCount)
      courier.carry(batch)
    }
  }
  return { ledger, holdings, courier, carry, spool }
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('there is none')
  return value
}

describe('beginShutdown()', () => {
  const answer500ToBad: Answer = (response, { spans }) =>
    spans.some(({ attributes }) => attributes.bad === true) ? response.writeHead(500).end() : answerOk(response)

  it('beginShutdown() lets the flush find the span that breaks the server in a batch that is alone', async () => {
    const { ledger, courier, carry } = setUp(await sinkThat(answer500ToBad))
    carry(batchOf(Array.from({ length: 100 }, (_, n) => n === 70)))
    courier.beginShutdown()
    await courier.flush(5000)
    expect(ledger.report()).toMatchObject({ exported: 99, failed: 1, pending: 0 })
  })

  it('beginShutdown() lets the flush find them in several batches when none is without', {
    timeout: 20_000,
  }, async () => {
    const { ledger, courier, carry } = setUp(await sinkThat(answer500ToBad))
    carry(...[3, 50, 99].map((bad) => batchOf(Array.from({ length: 100 }, (_, n) => n === bad))))
    courier.beginShutdown()
    await courier.flush(5000)
    expect(ledger.report()).toMatchObject({ exported: 297, failed: 3, pending: 0 })
  })

  it('beginShutdown() costs a server that is down a handful of requests', async () => {
    const sink = await sinkThat((response) => response.writeHead(500).end())
    const { ledger, courier, carry } = setUp(sink)
    carry(...Array.from({ length: 20 }, () => batchOf(Array.from({ length: 8 }, () => false))))
    courier.beginShutdown()
    // Shorter than any back-off.
    await courier.flush(500)
    expect(ledger.report()).toMatchObject({ exported: 0, failed: 0, pending: 160 })
    expect(sink.requests.length).toBeLessThanOrEqual(8)
  })

  it('beginShutdown() lets what other processes left be sent to the end, and begins no more of it', async () => {
    const dir = temporaryFolder()
    const waiting: (() => void)[] = []
    const sink = await sinkThat((response) => waiting.push(() => answerOk(response)))
    const before = setUp(sink, dir)
    for (let n = 0; n < 9; n++) before.spool?.append(batchOf([false]))
    before.spool?.close()
    const { holdings, courier } = setUp(sink, dir)
    courier.replay()
    await expect.poll(() => waiting.length).toBe(2)
    courier.beginShutdown()
    const flushed = courier.flush(5000)
    for (const answer of waiting) answer()
    await flushed
    // What is begun now would be ended by the shutdown, and sent again by the next process.
    expect([holdings.replayed, holdings.isMemoryEmpty]).toEqual([2, true])
  })
})

describe('flush()', () => {
  it('flush() of memory waits for what other processes left when it is on its way, and goes on with the rest afterwards', async () => {
    const dir = temporaryFolder()
    const waiting: (() => void)[] = []
    let isPatient = false
    const sink = await sinkThat((response) => {
      if (isPatient) answerOk(response)
      else waiting.push(() => answerOk(response))
    })
    const before = setUp(sink, dir)
    for (let n = 0; n < 9; n++) before.spool?.append(batchOf([false]))
    before.spool?.close()
    const { holdings, courier, spool } = setUp(sink, dir)
    const lease = vi.spyOn(present(spool), 'lease')
    courier.replay()
    await expect.poll(() => waiting.length).toBe(2)
    lease.mockClear()
    const flushed = courier.flush(5000, 'memory')
    for (const answer of waiting) answer()
    await holdings.emptied()
    expect([holdings.replayed, holdings.isMemoryEmpty, lease.mock.calls.length]).toEqual([2, true, 0])
    await flushed
    isPatient = true
    await expect.poll(() => holdings.replayed).toBe(9)
  })
})
