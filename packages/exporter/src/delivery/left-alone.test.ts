import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
import { afterEach, describe, expect, it } from 'vitest'
import { createLangfuseSpanProcessor } from '../langfuse-span-processor.js'
import { flushAfter } from '../lifecycle/flush-after.js'
import type { LangfuseSpanProcessorOptions } from '../options/exporter-options.js'
import { type OtlpSink, startOtlpSink } from '../otlp-sink.fixture.js'

// A server that asks to be left alone for a minute: whoever waits for it is told at once that there is nothing to wait for. Each wait here
// would take a minute otherwise, and the test would not end.

const sinks: OtlpSink[] = []
const folders: string[] = []
afterEach(async () => {
  await Promise.all(sinks.splice(0).map((sink) => sink.close()))
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'axion-alone-'))
  folders.push(folder)
  return folder
}

async function pipeline(options: LangfuseSpanProcessorOptions = {}) {
  const sink = await startOtlpSink((response) => response.writeHead(429, { 'retry-after': '60' }).end())
  sinks.push(sink)
  const processor = createLangfuseSpanProcessor({
    publicKey: 'pk-lf-1',
    secretKey: 'sk-lf-1',
    baseUrl: sink.url,
    timeoutMillis: 59_000,
    onReport: () => {},
    ...options,
  })
  const tracer = new BasicTracerProvider({ spanProcessors: [processor] }).getTracer('axion')
  const end = (count: number): void => {
    for (let n = 0; n < count; n++) tracer.startSpan('step').end()
  }
  return { sink, processor, end }
}

describe.each([
  ['without a spool', () => ({}), 'pending', 'failed'],
  ['with a spool', () => ({ spool: { dir: temporaryFolder() } }), 'spooled', 'spooled'],
] as const)('a pipeline %s', (_case, options, held, left) => {
  it('forceFlush() and shutdown() return at once while the server asks to be left alone for longer', async () => {
    const { sink, processor, end } = await pipeline(options())
    end(3)
    await processor.forceFlush()
    expect(processor.stats()).toMatchObject({ [held]: 3 })
    end(2)
    await processor.forceFlush()
    expect(processor.stats()).toMatchObject({ [held]: 5 })
    await processor.shutdown()
    expect(processor.stats()).toMatchObject({ exported: 0, pending: 0, [left]: 5 })
    expect(sink.requests).toHaveLength(1)
  })

  it('flushAfter() holds no answer back while the server asks to be left alone for longer', async () => {
    const { processor, end } = await pipeline(options())
    const handler = flushAfter(
      async () => {
        end(1)
        return 'answer'
      },
      { deadlineMillis: 58_000 },
    )
    expect([await handler(), await handler()]).toEqual(['answer', 'answer'])
    expect(processor.stats()).toMatchObject({ [held]: 2 })
    await processor.shutdown()
  })

  it('forceFlush() after shutdown() returns at once, whatever is left', async () => {
    const { processor, end } = await pipeline(options())
    end(2)
    await processor.shutdown()
    await processor.forceFlush()
    expect(processor.stats()).toMatchObject({ pending: 0, [left]: 2 })
  })
})
