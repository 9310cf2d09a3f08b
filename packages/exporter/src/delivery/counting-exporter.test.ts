import { context } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { type ExportResult, ExportResultCode, isTracingSuppressed } from '@opentelemetry/core'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base'
import { describe, expect, it } from 'vitest'
import { CountingExporter } from './counting-exporter.js'
import type { Deadline } from './deadline.js'
import { SpanLedger } from './span-ledger.js'
import type { SendOutcome, SpanSender } from './span-sender.js'

const SENT: SendOutcome = { status: 'sent', rejectedSpans: 0 }

// A sender whose answers the test gives; the network is tested where there is a server.
class HeldSender implements SpanSender {
  readonly held: { spans: readonly ReadableSpan[]; deadline: Deadline; answer: (outcome: SendOutcome) => void }[] = []
  readonly suppressed: boolean[] = []
  send(spans: readonly ReadableSpan[], deadline: Deadline): Promise<SendOutcome> {
    this.suppressed.push(isTracingSuppressed(context.active()))
    return new Promise((answer) => this.held.push({ spans, deadline, answer }))
  }
  close(): void {}
}

interface Bounds {
  readonly concurrency?: number
  readonly timeoutMillis?: number
  readonly maxBatchBytes?: number
}

function setUp(sender: SpanSender, { concurrency = 2, timeoutMillis = 60_000, maxBatchBytes = 1e6 }: Bounds = {}) {
  const ledger = new SpanLedger()
  const failures: unknown[] = []
  const onFailure = (error: unknown) => failures.push(error)
  const exporter = new CountingExporter({ sender, ledger, concurrency, timeoutMillis, maxBatchBytes, onFailure })
  const memory = new InMemorySpanExporter()
  const tracer = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(memory)] }).getTracer('axion')
  const send = (...names: readonly string[]): Promise<ExportResult> => {
    memory.reset()
    for (const name of names.length > 0 ? names : ['step']) tracer.startSpan(name).end()
    const spans = memory.getFinishedSpans()
    for (const span of spans) ledger.accept(span)
    return new Promise((resolve) => exporter.export(spans, resolve))
  }
  return { exporter, ledger, failures, send }
}

const turnOfEvents = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('CountingExporter', () => {
  it('export() runs as many at a time as concurrency says, the others in order', async () => {
    const sender = new HeldSender()
    const { send, ledger } = setUp(sender)
    const results = [send(), send(), send(), send()]
    await turnOfEvents()
    expect(sender.held).toHaveLength(2)
    sender.held[0]?.answer(SENT)
    await turnOfEvents()
    expect(sender.held).toHaveLength(3)
    for (const { answer } of sender.held) answer(SENT)
    await turnOfEvents()
    sender.held[3]?.answer(SENT)
    await Promise.all(results)
    expect(ledger.report()).toEqual({ exported: 4, failed: 0, dropped: 0, spooled: 0, pending: 0 })
  })

  it('export() counts a failure, tells why, and goes on', async () => {
    const sender = new HeldSender()
    const { send, ledger, failures } = setUp(sender, { concurrency: 1 })
    const results = [send(), send()]
    await turnOfEvents()
    const error = new Error('no')
    sender.held[0]?.answer({ status: 'failed', error })
    await turnOfEvents()
    sender.held[1]?.answer(SENT)
    expect((await Promise.all(results)).map(({ code }) => code)).toEqual([
      ExportResultCode.FAILED,
      ExportResultCode.SUCCESS,
    ])
    expect(failures).toEqual([error])
    expect(ledger.report()).toEqual({ exported: 1, failed: 1, dropped: 0, spooled: 0, pending: 0 })
  })

  it('export() counts what the server rejected of a batch as failed', async () => {
    const sender = new HeldSender()
    const { send, ledger, failures } = setUp(sender)
    const result = send('a', 'b', 'c')
    await turnOfEvents()
    sender.held[0]?.answer({ status: 'sent', rejectedSpans: 2 })
    expect(await result).toMatchObject({ code: ExportResultCode.FAILED })
    expect(failures).toEqual([expect.objectContaining({ name: 'RejectedSpans' })])
    expect(ledger.report()).toEqual({ exported: 1, failed: 2, dropped: 0, spooled: 0, pending: 0 })
  })

  it('export() halves what is too large until only a span that is too large alone fails', async () => {
    const requests: string[] = []
    const error = new Error('413')
    const sender: SpanSender = {
      send: async (spans) => {
        const names = spans.map(({ name }) => name)
        requests.push(names.join(''))
        return names.length > 2 || names.includes('X') ? { status: 'too_large', error } : SENT
      },
      close: () => {},
    }
    const { send, ledger, failures } = setUp(sender, { concurrency: 1 })
    expect(await send('a', 'b', 'c', 'X', 'd')).toMatchObject({ code: ExportResultCode.FAILED })
    expect(requests).toEqual(['abcXd', 'abc', 'Xd', 'ab', 'c', 'X', 'd'])
    expect(failures).toEqual([error])
    expect(ledger.report()).toEqual({ exported: 4, failed: 1, dropped: 0, spooled: 0, pending: 0 })
  })

  it('export() cuts a batch by size before it is sent', async () => {
    const sender = new HeldSender()
    const { send, ledger } = setUp(sender, { maxBatchBytes: 10_000, concurrency: 10 })
    const result = send(...Array.from({ length: 4 }, () => 'x'.repeat(4_000)))
    await turnOfEvents()
    expect(sender.held.map(({ spans }) => spans.length)).toEqual([2, 2])
    for (const { answer } of sender.held) answer(SENT)
    expect(await result).toEqual({ code: ExportResultCode.SUCCESS })
    expect(ledger.report()).toEqual({ exported: 4, failed: 0, dropped: 0, spooled: 0, pending: 0 })
  })

  it('export() counts a sender that throws as a failure', async () => {
    const thrown = new Error('cannot serialize')
    const sender: SpanSender = {
      send: () => {
        throw thrown
      },
      close: () => {},
    }
    const { send, ledger, failures } = setUp(sender)
    await send()
    expect(failures).toEqual([thrown])
    expect(ledger.report()).toEqual({ exported: 0, failed: 1, dropped: 0, spooled: 0, pending: 0 })
  })

  it('export() ends a request when its time is up, and gives its turn to nobody before it is gone', async () => {
    const sender = new HeldSender()
    const { send, ledger } = setUp(sender, { timeoutMillis: 1, concurrency: 1 })
    const results = [send(), send()]
    await expect.poll(() => sender.held[0]?.deadline.signal.aborted).toBe(true)
    await turnOfEvents()
    expect(sender.held).toHaveLength(1)
    const [first] = sender.held
    first?.answer({ status: 'failed', error: first.deadline.signal.reason })
    await results[0]
    await expect.poll(() => sender.held.length).toBe(2)
    sender.held[1]?.answer(SENT)
    await results[1]
    expect(first?.deadline.signal.reason).toMatchObject({ name: 'DeliveryTimeout' })
    expect(ledger.report()).toEqual({ exported: 1, failed: 1, dropped: 0, spooled: 0, pending: 0 })
  })

  it('export() keeps requests from being traced, queued ones too', async () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
    const sender = new HeldSender()
    const { send } = setUp(sender, { concurrency: 1 })
    const results = [send(), send()]
    await turnOfEvents()
    sender.held[0]?.answer(SENT)
    await turnOfEvents()
    sender.held[1]?.answer(SENT)
    await Promise.all(results)
    context.disable()
    expect(sender.suppressed).toEqual([true, true])
  })

  it('settled() waits for running and queued exports', async () => {
    const sender = new HeldSender()
    const { exporter, send } = setUp(sender, { concurrency: 1 })
    void send()
    void send()
    let done = false
    const settled = exporter.settled().then(() => {
      done = true
    })
    await turnOfEvents()
    sender.held[0]?.answer(SENT)
    await turnOfEvents()
    expect(done).toBe(false)
    sender.held[1]?.answer(SENT)
    await settled
    expect(done).toBe(true)
  })
})
