import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base'
import { describe, expect, it } from 'vitest'
import { SpanLedger } from './span-ledger.js'

function spans(count: number): ReadableSpan[] {
  const memory = new InMemorySpanExporter()
  const tracer = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(memory)] }).getTracer('axion')
  for (let n = 0; n < count; n++) tracer.startSpan('step').end()
  return memory.getFinishedSpans()
}

function accept(ledger: SpanLedger, accepted: readonly ReadableSpan[]): void {
  for (const span of accepted) ledger.accept(span)
}

describe('SpanLedger', () => {
  it('report() counts accepted spans as pending until something became of them', () => {
    const ledger = new SpanLedger()
    const three = spans(3)
    accept(ledger, three)
    expect(ledger.report()).toEqual({ exported: 0, failed: 0, dropped: 0, spooled: 0, pending: 3 })
    ledger.handOver(three)
    ledger.exported(2)
    ledger.failed(1)
    expect(ledger.report()).toEqual({ exported: 2, failed: 1, dropped: 0, spooled: 0, pending: 0 })
  })

  it('beginFlush() counts what never came through as dropped, once', () => {
    const ledger = new SpanLedger()
    const four = spans(4)
    accept(ledger, four)
    const settle = ledger.beginFlush()
    ledger.handOver(four.slice(0, 1))
    ledger.exported(1)
    expect(settle()).toBe(3)
    expect(ledger.report()).toEqual({ exported: 1, failed: 0, dropped: 3, spooled: 0, pending: 0 })
    expect(ledger.beginFlush()()).toBe(0)
    expect(ledger.report().dropped).toBe(3)
  })

  it('beginFlush() leaves spans alone that are accepted while it runs', () => {
    const ledger = new SpanLedger()
    const [before, during] = [spans(1), spans(2)]
    accept(ledger, before)
    const settle = ledger.beginFlush()
    accept(ledger, during)
    ledger.handOver(before)
    ledger.exported(1)
    expect(settle()).toBe(0)
    expect(ledger.report()).toEqual({ exported: 1, failed: 0, dropped: 0, spooled: 0, pending: 2 })
    expect(ledger.beginFlush()()).toBe(2)
  })

  it('beginFlush() counts right when flushes overlap and end in the other order', () => {
    const ledger = new SpanLedger()
    accept(ledger, spans(1))
    const first = ledger.beginFlush()
    accept(ledger, spans(2))
    const second = ledger.beginFlush()
    expect([second(), first()]).toEqual([2, 1])
    expect(ledger.report()).toEqual({ exported: 0, failed: 0, dropped: 3, spooled: 0, pending: 0 })
  })

  it('handOver() takes back a loss when the span comes after all', () => {
    const ledger = new SpanLedger()
    const late = spans(1)
    accept(ledger, late)
    ledger.beginFlush()()
    expect(ledger.report().dropped).toBe(1)
    ledger.handOver(late)
    ledger.exported(1)
    expect(ledger.report()).toEqual({ exported: 1, failed: 0, dropped: 0, spooled: 0, pending: 0 })
  })

  it('close() counts what waits and what comes later as dropped', () => {
    const ledger = new SpanLedger()
    accept(ledger, spans(1))
    ledger.close()
    accept(ledger, spans(2))
    expect(ledger.report()).toEqual({ exported: 0, failed: 0, dropped: 3, spooled: 0, pending: 0 })
  })
})
