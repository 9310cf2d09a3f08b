import { ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type TailRule, TailWindow } from './tail-window.js'

const memory = new InMemorySpanExporter()
const tracer = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(memory)] }).getTracer('axion')

function spanOf(traceNumber: number, name: string, { fails = false, millis = 1, text = '' } = {}) {
  const traceId = traceNumber.toString(16).padStart(32, '0')
  const parent = trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId: '00000000000000aa', traceFlags: 1 })
  const span = tracer.startSpan(name, { startTime: [1000, 0], attributes: { text } }, parent)
  if (fails) span.setStatus({ code: SpanStatusCode.ERROR })
  memory.reset()
  span.end([1000 + Math.floor(millis / 1000), (millis % 1000) * 1e6])
  const [ended] = memory.getFinishedSpans()
  if (!ended) throw new Error('the span has not ended')
  return ended
}

function setUp(rule: Partial<TailRule> = {}, now?: () => number, mostBytes?: number) {
  const kept: string[] = []
  let left = 0
  const clock = { now: 0 }
  const leave = (count: number): void => {
    left += count
  }
  const window = new TailWindow(
    { errors: true, slowerThanMillis: 500, windowMillis: 1000, maxSpans: 100, ...rule },
    { keep: ({ name }) => kept.push(name), leave },
    now ?? (() => clock.now),
    mostBytes,
  )
  return { window, kept, clock, left: () => left }
}

afterEach(() => {
  vi.useRealTimers()
})

describe('TailWindow', () => {
  it('add() keeps what ends after the root of a trace that is kept, until the window is over', () => {
    const { window, kept, clock, left } = setUp()
    window.add(spanOf(1, 'root', { fails: true }), true)
    window.add(spanOf(2, 'other root'), true)
    clock.now = 999
    window.add(spanOf(1, 'late'), false)
    window.add(spanOf(2, 'other late'), false)
    expect([kept, left(), window.waiting]).toEqual([['root', 'late'], 1, 1])
    clock.now = 1000
    window.add(spanOf(1, 'too late'), false)
    expect(kept).toEqual(['root', 'late'])
  })

  it('add() gives spans up when their time is over, also when no other comes', () => {
    vi.useFakeTimers()
    const clock = (): number => performance.now()
    const { window, left } = setUp({ windowMillis: 1000 }, clock)
    window.add(spanOf(1, 'first'), false)
    vi.advanceTimersByTime(600)
    window.add(spanOf(2, 'second'), false)
    vi.advanceTimersByTime(400)
    expect([left(), window.waiting]).toEqual([1, 1])
    vi.advanceTimersByTime(600)
    expect([left(), window.waiting, vi.getTimerCount()]).toEqual([2, 0, 0])
  })

  it('close() leaves out what waits and what comes later', () => {
    vi.useFakeTimers()
    const { window, kept, left } = setUp()
    const [early, late] = [spanOf(1, 'early'), spanOf(1, 'late', { fails: true })]
    const timers = vi.getTimerCount()
    window.add(early, false)
    window.close()
    window.add(late, true)
    expect([kept, left(), window.waiting, vi.getTimerCount() - timers]).toEqual([[], 2, 0, 0])
  })

  it('add() keeps a trace whole in which a span fails, before and after the failure', () => {
    const { window, kept, left } = setUp()
    window.add(spanOf(1, 'before'), false)
    window.add(spanOf(2, 'other'), false)
    window.add(spanOf(1, 'failure', { fails: true }), false)
    window.add(spanOf(1, 'after'), false)
    window.add(spanOf(1, 'root'), true)
    window.add(spanOf(2, 'other root'), true)
    expect(kept).toEqual(['before', 'failure', 'after', 'root'])
    expect([left(), window.waiting]).toEqual([2, 0])
  })

  it('add() leaves failures out when they are not asked for', () => {
    const { window, kept, left } = setUp({ errors: false })
    window.add(spanOf(1, 'failure', { fails: true }), true)
    expect([kept, left()]).toEqual([[], 1])
  })

  it.each([
    [499, [], 2],
    [500, ['child', 'root'], 0],
  ])('add() of a first span that took %d ms keeps %j', (millis, expected, leftOut) => {
    const { window, kept, left } = setUp()
    // A slow child does not make a trace slow.
    window.add(spanOf(1, 'child', { millis: 9000 }), false)
    window.add(spanOf(1, 'root', { millis }), true)
    expect([kept, left()]).toEqual([expected, leftOut])
  })

  it('add() gives up traces that waited longer than the window', () => {
    const { window, kept, clock, left } = setUp()
    window.add(spanOf(1, 'early'), false)
    clock.now = 1001
    window.add(spanOf(2, 'other'), false)
    expect([left(), window.waiting]).toEqual([1, 1])
    // What comes later is judged anew, without what was given up.
    window.add(spanOf(1, 'late', { fails: true }), true)
    expect(kept).toEqual(['late'])
  })

  it('add() never holds more spans, nor more traces, than it may', () => {
    const { window, left } = setUp({ maxSpans: 10 })
    for (let n = 0; n < 1000; n++) {
      window.add(spanOf(n % 50, 'step'), false)
      expect(window.waiting).toBeLessThanOrEqual(10)
    }
    expect(left() + window.waiting).toBe(1000)
    window.close()
    expect([left(), window.waiting]).toEqual([1000, 0])
  })

  it('add() never holds more bytes than it may, and counts what is kept no longer', () => {
    const { window, kept, left } = setUp({}, undefined, 10_000)
    const text = 'x'.repeat(4000)
    for (let n = 0; n < 10; n++) {
      window.add(spanOf(n, 'large', { text }), false)
      expect(window.waiting).toBeLessThanOrEqual(2)
    }
    expect([left(), window.waiting]).toEqual([8, 2])
    window.add(spanOf(9, 'failing', { fails: true }), false)
    expect([kept, left(), window.waiting]).toEqual([['large', 'failing'], 8, 1])
    window.add(spanOf(20, 'large', { text }), false)
    expect([left(), window.waiting]).toEqual([8, 2])
  })

  it('add() does not hold a span that alone is larger than what may wait', () => {
    const { window, left } = setUp({}, undefined, 10_000)
    window.add(spanOf(1, 'huge', { text: 'x'.repeat(20_000) }), false)
    expect([left(), window.waiting]).toEqual([1, 0])
  })
})
