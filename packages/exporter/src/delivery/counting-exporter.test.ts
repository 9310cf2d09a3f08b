import { context } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { type ExportResult, ExportResultCode, isTracingSuppressed } from '@opentelemetry/core'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-base'
import { describe, expect, it } from 'vitest'
import { CountingExporter } from './counting-exporter.js'
import { SpanLedger } from './span-ledger.js'

const OK: ExportResult = { code: ExportResultCode.SUCCESS }

// An exporter whose answers the test gives; the network is tested where there is a server.
class HeldExporter implements SpanExporter {
  readonly held: ((result: ExportResult) => void)[] = []
  readonly suppressed: boolean[] = []
  export(_spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.suppressed.push(isTracingSuppressed(context.active()))
    this.held.push(done)
  }
  async shutdown(): Promise<void> {}
}

function setUp(inner: SpanExporter, { concurrency = 2, timeoutMillis = 60_000 } = {}) {
  const ledger = new SpanLedger()
  const failures: unknown[] = []
  const onFailure = (error: unknown) => failures.push(error)
  const exporter = new CountingExporter({ inner, ledger, concurrency, timeoutMillis, onFailure })
  const memory = new InMemorySpanExporter()
  const tracer = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(memory)] }).getTracer('axion')
  const send = (): Promise<ExportResult> => {
    memory.reset()
    tracer.startSpan('step').end()
    const spans = memory.getFinishedSpans()
    for (const span of spans) ledger.accept(span)
    return new Promise((resolve) => exporter.export(spans, resolve))
  }
  return { exporter, ledger, failures, send }
}

const turnOfEvents = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('CountingExporter', () => {
  it('export() runs as many at a time as concurrency says, the others in order', async () => {
    const inner = new HeldExporter()
    const { send, ledger } = setUp(inner)
    const results = [send(), send(), send(), send()]
    await turnOfEvents()
    expect(inner.held).toHaveLength(2)
    inner.held[0]?.(OK)
    await turnOfEvents()
    expect(inner.held).toHaveLength(3)
    for (const answer of inner.held) answer(OK)
    await turnOfEvents()
    inner.held[3]?.(OK)
    await Promise.all(results)
    expect(ledger.report()).toEqual({ exported: 4, failed: 0, dropped: 0, spooled: 0, pending: 0 })
  })

  it('export() counts a failure, tells why, and goes on', async () => {
    const inner = new HeldExporter()
    const { send, ledger, failures } = setUp(inner, { concurrency: 1 })
    const results = [send(), send()]
    await turnOfEvents()
    const error = new Error('no')
    inner.held[0]?.({ code: ExportResultCode.FAILED, error })
    await turnOfEvents()
    inner.held[1]?.(OK)
    expect(await Promise.all(results)).toEqual([{ code: ExportResultCode.FAILED, error }, OK])
    expect(failures).toEqual([error])
    expect(ledger.report()).toEqual({ exported: 1, failed: 1, dropped: 0, spooled: 0, pending: 0 })
  })

  it('export() counts an exporter that throws as a failure', async () => {
    const thrown = new Error('cannot serialize')
    const inner: SpanExporter = {
      export: () => {
        throw thrown
      },
      shutdown: async () => {},
    }
    const { send, ledger, failures } = setUp(inner)
    await send()
    expect(failures).toEqual([thrown])
    expect(ledger.report()).toEqual({ exported: 0, failed: 1, dropped: 0, spooled: 0, pending: 0 })
  })

  it('export() gives up on an exporter that never answers, and ignores what it says afterwards', async () => {
    const inner = new HeldExporter()
    const { send, ledger, failures } = setUp(inner, { timeoutMillis: 1 })
    await send()
    expect(failures).toEqual([expect.objectContaining({ name: 'DeliveryTimeout' })])
    inner.held[0]?.(OK)
    await turnOfEvents()
    expect(ledger.report()).toEqual({ exported: 0, failed: 1, dropped: 0, spooled: 0, pending: 0 })
  })

  it('export() keeps requests from being traced, queued ones too', async () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
    const inner = new HeldExporter()
    const { send } = setUp(inner, { concurrency: 1 })
    const results = [send(), send()]
    await turnOfEvents()
    inner.held[0]?.(OK)
    await turnOfEvents()
    inner.held[1]?.(OK)
    await Promise.all(results)
    context.disable()
    expect(inner.suppressed).toEqual([true, true])
  })

  it('settled() waits for running and queued exports', async () => {
    const inner = new HeldExporter()
    const { exporter, send } = setUp(inner, { concurrency: 1 })
    void send()
    void send()
    let done = false
    const settled = exporter.settled().then(() => {
      done = true
    })
    await turnOfEvents()
    inner.held[0]?.(OK)
    await turnOfEvents()
    expect(done).toBe(false)
    inner.held[1]?.(OK)
    await settled
    expect(done).toBe(true)
  })
})
