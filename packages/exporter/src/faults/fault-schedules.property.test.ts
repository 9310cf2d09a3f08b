import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLangfuseSpanProcessor } from '../langfuse-span-processor.js'
import type { LangfuseSpanProcessorOptions } from '../options/exporter-options.js'
import { type Answer, answerOk, startOtlpSink } from '../otlp-sink.fixture.js'
import type { AccountedProcessor } from '../pipeline/accounted-processor.js'
import type { PipelineStats } from '../pipeline/pipeline-stats.js'

/** What a server does with one request. */
const FAULTS = [
  'ok',
  'partial',
  'refuse one span for good',
  'fail at one span for good',
  'too large',
  'busy',
  'busy for a second',
  'error',
  'unavailable',
  'hang up',
  'hang up in the answer',
  'hang',
] as const
type Fault = (typeof FAULTS)[number]

/** After these the client cannot know whether the spans were taken. */
const AMBIGUOUS: ReadonlySet<Fault> = new Set([
  'error',
  'fail at one span for good',
  'unavailable',
  'hang up',
  'hang up in the answer',
  'hang',
])

const schedules = fc.record({
  // A server that is well between its faults, as most are; hanging costs time.
  faults: fc.array(
    fc.oneof(
      { weight: 8, arbitrary: fc.constant<Fault>('ok') },
      { weight: 12, arbitrary: fc.constantFrom(...FAULTS.filter((fault) => fault !== 'hang')) },
      { weight: 1, arbitrary: fc.constant<Fault>('hang') },
    ),
    { maxLength: 25 },
  ),
  bursts: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 6 }),
  maxBatchSpans: fc.integer({ min: 1, max: 20 }),
  concurrency: fc.integer({ min: 1, max: 4 }),
  hasSpool: fc.boolean(),
})

/** A server that follows a schedule, is well afterwards, and knows how often it said of each span that it took it. */
function serverOf(faults: readonly Fault[]) {
  const left = [...faults]
  const taken = new Map<string, number>()
  const poison = new Map<string, number>()
  let rejected = 0
  const answer: Answer = (response, { spans }) => {
    const fault = left.shift() ?? 'ok'
    const first = String(spans[0]?.spanId)
    if (fault === 'refuse one span for good') poison.set(first, 400)
    if (fault === 'fail at one span for good') poison.set(first, 500)
    const poisoned = spans.map(({ spanId }) => poison.get(spanId)).find((status) => status !== undefined)
    if (poisoned !== undefined) return response.writeHead(poisoned).end()
    const status = STATUS[fault]
    if (status !== undefined) return response.writeHead(status, HEADERS[fault]).end()
    if (fault === 'hang') return undefined
    if (fault === 'hang up') return response.socket?.destroy()
    if (fault === 'hang up in the answer') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
      return response.write('{"partial', () => response.socket?.destroy())
    }
    for (const { spanId } of spans) taken.set(spanId, (taken.get(spanId) ?? 0) + 1)
    if (fault !== 'partial') return answerOk(response)
    rejected++
    return response.setHeader('content-type', 'application/json').end('{"partialSuccess":{"rejectedSpans":1}}')
  }
  const recover = (): void => {
    left.length = 0
    poison.clear()
  }
  return { answer, taken, rejected: () => rejected, recover }
}

const STATUS: Partial<Record<Fault, number>> = {
  'too large': 413,
  busy: 429,
  'busy for a second': 429,
  error: 500,
  unavailable: 503,
}
const HEADERS: Partial<Record<Fault, Record<string, string>>> = {
  busy: { 'retry-after': '0' },
  'busy for a second': { 'retry-after': '1' },
}

function pipelineTo(baseUrl: string, options: LangfuseSpanProcessorOptions) {
  const processor = createLangfuseSpanProcessor({
    publicKey: 'pk',
    secretKey: 'sk',
    baseUrl,
    onReport: () => {},
    exitHooks: false,
    // A back-off is longer: a flush does not wait for it, and the next one begins with a try.
    timeoutMillis: 200,
    ...options,
  })
  const tracer = new BasicTracerProvider({ spanProcessors: [processor] }).getTracer('axion')
  return { processor, end: (count: number) => Array.from({ length: count }, () => tracer.startSpan('step').end()) }
}

const sumOf = ({ exported, failed, dropped, spooled, pending }: PipelineStats): number =>
  exported + failed + dropped + spooled + pending

async function replayed(processor: AccountedProcessor): Promise<number> {
  // A flush does not wait for what other processes have left.
  const left = (): number => {
    const { waiting, leased } = processor.stats().spool?.adopted ?? { waiting: { spans: 0 }, leased: { spans: 0 } }
    return waiting.spans + leased.spans
  }
  await expect.poll(left, { interval: 1, timeout: 5000 }).toBe(0)
  await processor.shutdown()
  return processor.stats().replayed
}

describe('a pipeline', () => {
  it('accounts for every span, whatever the server does', { timeout: 40_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(schedules, async ({ faults, bursts, hasSpool, ...bounds }) => {
        const { answer, taken, rejected, recover } = serverOf(faults)
        const sink = await startOtlpSink(answer)
        const dir = mkdtempSync(join(tmpdir(), 'axion-schedule-'))
        const spool = hasSpool ? { spool: { dir } } : {}
        try {
          const { processor, end } = pipelineTo(sink.url, { ...bounds, ...spool })
          let made = 0
          for (const burst of bursts) {
            end(burst)
            made += burst
            await processor.forceFlush()
            expect(sumOf(processor.stats())).toBe(made)
          }
          await processor.shutdown()
          const last = processor.stats()
          expect(last).toMatchObject({ pending: 0, dropped: 0 })
          expect(sumOf(last)).toBe(made)
          expect(taken.size).toBeGreaterThanOrEqual(last.exported)
          recover()
          // What the counts say is on disk, is: the next process sends as much.
          if (hasSpool)
            expect(await replayed(pipelineTo(sink.url, { ...bounds, ...spool }).processor)).toBe(last.spooled)
          if (faults.some((fault) => AMBIGUOUS.has(fault))) return
          expect([...taken.values()].filter((count) => count > 1)).toEqual([])
          expect(taken.size).toBe(last.exported + rejected() + (hasSpool ? last.spooled : 0))
        } finally {
          await sink.close()
          rmSync(dir, { recursive: true, force: true })
        }
      }),
      { numRuns: 150, interruptAfterTimeLimit: 15_000, markInterruptAsFailure: false },
    )
  })
})
