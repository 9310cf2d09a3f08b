import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
import { afterEach, describe, expect, it } from 'vitest'
import { createLangfuseSpanProcessor } from '../langfuse-span-processor.js'
import type { LangfuseSpanProcessorOptions } from '../options/exporter-options.js'
import { type Answer, answerOk, type OtlpSink, type ReceivedRequest, startOtlpSink } from '../otlp-sink.fixture.js'
import type { AccountedProcessor } from '../pipeline/accounted-processor.js'

// A server that answers 500: it is down, or one span is more than it can bear. Only what becomes of others tells.

const sinks: OtlpSink[] = []
const processors: AccountedProcessor[] = []
const folders: string[] = []
afterEach(async () => {
  await Promise.all(sinks.splice(0).map((sink) => sink.close()))
  await Promise.all(processors.splice(0).map((processor) => processor.shutdown()))
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

async function pipelineTo(answer: Answer, options: LangfuseSpanProcessorOptions = {}) {
  const sink = await startOtlpSink(answer)
  sinks.push(sink)
  const codes: string[] = []
  const processor = createLangfuseSpanProcessor({
    publicKey: 'pk-lf-1',
    secretKey: 'sk-lf-1',
    baseUrl: sink.url,
    onReport: ({ code }) => codes.push(code),
    ...options,
  })
  processors.push(processor)
  const tracer = new BasicTracerProvider({ spanProcessors: [processor] }).getTracer('axion')
  const end = (count: number, attributes = {}): void => {
    for (let n = 0; n < count; n++) tracer.startSpan('step', { attributes }).end()
  }
  return { sink, processor, end, codes }
}

const answer500: Answer = (response) => response.writeHead(500).end()
const isPoisoned = ({ spans }: ReceivedRequest): boolean => spans.some(({ attributes }) => attributes.poison === true)

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'axion-errors-'))
  folders.push(folder)
  return folder
}

describe('forceFlush()', () => {
  it('forceFlush() keeps the spans of a server that answers 500 to everything, and asks it once each time', async () => {
    // Shorter than any back-off: each flush is one try.
    const { sink, processor, end, codes } = await pipelineTo(answer500, { timeoutMillis: 500, maxBatchSpans: 10 })
    end(100)
    for (let n = 0; n < 40; n++) await processor.forceFlush()
    expect(processor.stats()).toMatchObject({ exported: 0, failed: 0, dropped: 0, pending: 100 })
    // Eight beside each other at first.
    expect(sink.requests.length).toBeLessThanOrEqual(8 + 40)
    expect(sink.requests.every(({ spans }) => spans.length === 10)).toBe(true)
    expect(codes).toEqual(['delivery_delayed'])
  })

  it('forceFlush() puts on disk what a server answers 500 that answers so to everything, and leaves it there', async () => {
    const options = { spool: { dir: temporaryFolder() }, timeoutMillis: 500, maxBatchSpans: 10 }
    const { sink, processor, end } = await pipelineTo(answer500, options)
    end(100)
    for (let n = 0; n < 40; n++) await processor.forceFlush()
    expect(processor.stats()).toMatchObject({ exported: 0, failed: 0, dropped: 0, spooled: 100, pending: 0 })
    expect(sink.requests.length).toBeLessThanOrEqual(8 + 40)
    await processor.shutdown()
    expect(processor.stats()).toMatchObject({ exported: 0, failed: 0, dropped: 0, spooled: 100, pending: 0 })
  })

  it.each<[string, () => LangfuseSpanProcessorOptions]>([
    ['in memory', () => ({})],
    ['on disk', () => ({ spool: { dir: temporaryFolder() } })],
  ])(
    'forceFlush() finds a span that the server answers 500, while it accepts others: %s',
    { timeout: 30_000 },
    async (_where, options) => {
      const { processor, end, codes } = await pipelineTo(
        (response, request) => (isPoisoned(request) ? answer500(response, request) : answerOk(response)),
        { maxBatchSpans: 50, concurrency: 1, ...options() },
      )
      end(30)
      end(1, { poison: true })
      end(119)
      for (let failed = 0; failed === 0; failed = processor.stats().failed) {
        await processor.forceFlush()
        end(1)
      }
      await processor.forceFlush()
      const { exported, ...rest } = processor.stats()
      expect(rest).toMatchObject({ failed: 1, dropped: 0, spooled: 0, pending: 0 })
      expect(exported).toBeGreaterThanOrEqual(149)
      expect(codes).toContain('delivery_failed')
    },
  )

  it('forceFlush() is not held up by a batch on disk that the server answers 500', { timeout: 30_000 }, async () => {
    let isDown = true
    const { processor, end } = await pipelineTo(
      (response, request) => (isDown || isPoisoned(request) ? answer500(response, request) : answerOk(response)),
      { spool: { dir: temporaryFolder() }, maxBatchSpans: 10, concurrency: 1 },
    )
    end(10, { poison: true })
    end(90)
    await processor.forceFlush()
    expect(processor.stats()).toMatchObject({ spooled: 100 })
    isDown = false
    while (processor.stats().exported < 90) await processor.forceFlush()
    expect(processor.stats()).toMatchObject({ exported: 90, pending: 0 })
  })
})

describe('shutdown()', () => {
  it('shutdown() finds a span that the server answers 500 although no other batch is there to compare with', async () => {
    const { processor, end } = await pipelineTo((response, request) =>
      isPoisoned(request) ? answer500(response, request) : answerOk(response),
    )
    end(150)
    end(1, { poison: true })
    end(149)
    await processor.shutdown()
    expect(processor.stats()).toMatchObject({ exported: 299, failed: 1, dropped: 0, pending: 0 })
  })
})
