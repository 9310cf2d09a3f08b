import { SpanStatusCode } from '@opentelemetry/api'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { configureTracing } from '../configure-tracing.js'
import type { ExporterOptions } from '../options/exporter-options.js'
import { type OtlpSink, startOtlpSink } from '../otlp-sink.fixture.js'
import type { Tracing } from '../tracing.js'

let sink: OtlpSink
const lines: string[] = []
const reports: string[] = []
beforeEach(async () => {
  sink = await startOtlpSink()
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', sink.url)
  vi.spyOn(process.stderr, 'write').mockImplementation((text, ...rest) => {
    lines.push(String(text))
    for (const argument of rest) if (typeof argument === 'function') argument()
    return true
  })
})
afterEach(async () => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  lines.length = 0
  reports.length = 0
  await sink.close()
})

const MODES = ['langfuse', 'otel', 'console'] as const

function configured(options: ExporterOptions): Tracing {
  return configureTracing({
    publicKey: 'pk',
    secretKey: 'sk',
    baseUrl: sink.url,
    isolated: true,
    exitHooks: false,
    onReport: ({ code }) => reports.push(code),
    ...options,
  })
}

function end(tracing: Tracing, name: string, fails = false): void {
  const span = tracing.provider?.getTracer('axion').startSpan(name)
  if (fails) span?.setStatus({ code: SpanStatusCode.ERROR })
  span?.end()
}

// Whatever the mode, what left.
function sent(): readonly unknown[] {
  return [...sink.spans().map(({ name }) => name), ...lines.map((line) => JSON.parse(line).name)]
}

describe.each(MODES)('configureTracing() in mode %s', (mode) => {
  it('configureTracing() applies sampleRate beside alwaysKeep', async () => {
    const tracing = configured({ mode, sampleRate: 0, alwaysKeep: { errors: true } })
    for (let n = 0; n < 5; n++) end(tracing, 'fine')
    end(tracing, 'failed', true)
    expect(await tracing.shutdown()).toMatchObject({ exported: 1, pending: 0 })
    expect(sent()).toEqual(['failed'])
    expect(tracing.stats()).toMatchObject({ filtered: 5, filteredBy: { sampling: 5 }, undecided: 0 })
  })

  it.each<[string, ExporterOptions]>([
    ['sampleRate', { sampleRate: 1 }],
    ['sampleRate and alwaysKeep', { sampleRate: 1, alwaysKeep: {} }],
  ])('configureTracing() puts %s before a sampler of the environment', async (_case, options) => {
    vi.stubEnv('OTEL_TRACES_SAMPLER', 'always_off')
    const tracing = configured({ mode, ...options })
    end(tracing, 'step')
    await tracing.shutdown()
    expect(sent()).toEqual(['step'])
    expect(reports).toEqual([])
  })

  it('configureTracing() says that a sampler of the environment leaves nothing for alwaysKeep', async () => {
    vi.stubEnv('OTEL_TRACES_SAMPLER', 'always_off')
    const tracing = configured({ mode, alwaysKeep: {} })
    end(tracing, 'failed', true)
    await tracing.shutdown()
    expect(sent()).toEqual([])
    expect(reports).toEqual(['sampled_out'])
  })
})
