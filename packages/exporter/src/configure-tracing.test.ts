import { getCurrentTracer, isContentCaptured, Tracer, withTraceContext } from '@axion/core'
import { context, createContextKey, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { clearTracingConfig, configureTracing, isTracingConfigured } from './configure-tracing.js'
import type { ExporterOptions } from './options/exporter-options.js'
import { listProviders } from './options/tracing-mode.js'
import { type OtlpSink, startOtlpSink } from './otlp-sink.fixture.js'

let sink: OtlpSink
beforeEach(async () => {
  sink = await startOtlpSink()
})
afterEach(async () => {
  await clearTracingConfig()
  vi.unstubAllEnvs()
  await sink.close()
})

const toSink = (options: ExporterOptions = {}): ExporterOptions => ({
  publicKey: 'pk-lf-1',
  secretKey: 'sk-lf-1',
  baseUrl: sink.url,
  ...options,
})

// Which span the API finds inside of a span: none when no provider, or nothing that keeps context, is registered.
const activeInside = (name: string): string | undefined =>
  new Tracer().span(name, (span) => (trace.getActiveSpan() === span.otelSpan && span.isRecording ? name : undefined))

describe('configureTracing()', () => {
  it('configureTracing() sends what @axion/core traces, nested, with everything that stands on every span', async () => {
    vi.stubEnv('OTEL_SERVICE_NAME', 'support')
    vi.stubEnv('OTEL_RESOURCE_ATTRIBUTES', 'deployment.region=eu')
    const tracing = configureTracing(toSink({ environment: 'prod', release: 'r1', tags: ['process'] }))
    expect(tracing.mode).toBe('langfuse')
    const tracer = new Tracer('llm')
    await withTraceContext({ sessionId: 's1', tags: ['mine'] }, () =>
      tracer.asyncSpan('rag-query', async (span) => {
        span.setInput({ query: 'why?' })
        await tracer.asyncSpan('retrieval', async (step) => step.setAttribute('num_chunks', 3))
      }),
    )
    expect(await tracing.flush()).toEqual({ exported: 2, failed: 0, dropped: 0, spooled: 0, pending: 0 })
    const everywhere = {
      'langfuse.trace.name': 'rag-query',
      'session.id': 's1',
      'langfuse.trace.tags': ['mine', 'process'],
      'langfuse.environment': 'prod',
      'langfuse.release': 'r1',
    }
    expect(sink.spans()).toMatchObject([
      {
        name: 'retrieval',
        scope: 'axion',
        attributes: {
          ...everywhere,
          'langfuse.observation.type': 'retriever',
          'langfuse.observation.metadata.num_chunks': 3,
        },
        resource: expect.objectContaining({ 'service.name': 'support', 'deployment.region': 'eu' }),
      },
      {
        name: 'rag-query',
        scope: 'axion',
        attributes: {
          ...everywhere,
          'langfuse.observation.type': 'span',
          'langfuse.observation.input': '{"query":"why?"}',
          'langfuse.internal.is_app_root': true,
        },
        resource: expect.objectContaining({ 'service.name': 'support' }),
      },
    ])
  })

  it('configureTracing() gives tracer.flush() the same meaning: the server has answered', async () => {
    const tracing = configureTracing(toSink())
    const tracer = getCurrentTracer()
    tracer.startSpan('step').end()
    expect(tracing.stats()).toMatchObject({ exported: 0, failed: 0, dropped: 0, spooled: 0, pending: 1 })
    await tracer.flush()
    expect(tracing.stats()).toMatchObject({ exported: 1, failed: 0, dropped: 0, spooled: 0, pending: 0 })
  })

  it('configureTracing() returns what the first call made', async () => {
    const reports: unknown[] = []
    const first = configureTracing(toSink({ onReport: (report) => reports.push(report) }))
    expect(configureTracing()).toBe(first)
    expect(reports).toEqual([])
    expect(configureTracing({ environment: 'other', secretKey: 'sk-other' })).toBe(first)
    expect(reports).toEqual([
      {
        level: 'warn',
        code: 'options_ignored',
        message:
          'Ignored the options of a later configureTracing() call: environment, secretKey. Tracing is configured already; ' +
          'shut it down before, or use isolated: true for one beside it.',
      },
    ])
  })

  it.each<[string, Record<string, unknown>]>([
    ['an option of another function', { provider: {} }],
    ['a misspelt one', { captureContents: false }],
    ['a value that cannot be', { captureContent: 'no' }],
  ])('configureTracing() refuses %s in a first and in a second call', (_case, options) => {
    const refused = expect.objectContaining({ code: 'invalid_options' })
    expect(() => configureTracing({ ...toSink(), ...options })).toThrow(refused)
    expect(isTracingConfigured()).toBe(false)
    configureTracing(toSink())
    expect(() => configureTracing(options)).toThrow(refused)
  })

  it('configureTracing() refuses a bad argument and leaves nothing configured', () => {
    expect(() => configureTracing(toSink({ baseUrl: 'nope' }))).toThrow(/^Cannot configure tracing: baseUrl is "nope"/)
    expect(isTracingConfigured()).toBe(false)
    expect(trace.getTracer('x').startSpan('step').isRecording()).toBe(false)
  })

  it('configureTracing() samples by trace, children with their parents', async () => {
    const tracing = configureTracing(toSink({ sampleRate: 0 }))
    const tracer = new Tracer()
    tracer.span('root', () => tracer.span('child', () => {}))
    expect(await tracing.flush()).toEqual({ exported: 0, failed: 0, dropped: 0, spooled: 0, pending: 0 })
    expect(sink.requests).toHaveLength(0)
  })

  it('configureTracing() leaves sampling to OTEL_TRACES_SAMPLER when no rate is given', async () => {
    vi.stubEnv('OTEL_TRACES_SAMPLER', 'always_off')
    const tracing = configureTracing(toSink())
    new Tracer().span('root', () => {})
    expect(await tracing.flush()).toMatchObject({ exported: 0, pending: 0 })
  })

  it('configureTracing() propagates trace context and baggage over the wire', () => {
    configureTracing(toSink())
    const carrier: Record<string, string> = {}
    new Tracer().span('root', () => {
      const baggage = propagation.createBaggage({ tenant: { value: 'a' } })
      propagation.inject(propagation.setBaggage(context.active(), baggage), carrier)
    })
    expect(carrier).toEqual({
      traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/),
      baggage: 'tenant=a',
    })
  })

  it('configureTracing() closes the gate for content when told to', async () => {
    const tracing = configureTracing(toSink({ captureContent: false }))
    expect(isContentCaptured()).toBe(false)
    new Tracer().span('step', (span) => {
      span.setInput('a prompt').setOutput('an answer')
    })
    await tracing.shutdown()
    expect(isContentCaptured()).toBe(true)
    expect(JSON.stringify(sink.spans())).not.toMatch(/a prompt|an answer/)
    expect(sink.spans()).toHaveLength(1)
  })

  it('configureTracing() in isolation does not open the gate that the shared one closed', async () => {
    configureTracing(toSink({ captureContent: false }))
    const isolated = configureTracing(toSink({ isolated: true, captureContent: true }))
    expect(isContentCaptured()).toBe(false)
    await isolated.shutdown()
    expect(isContentCaptured()).toBe(false)
  })

  it.each<[string, Record<string, string>, ExporterOptions]>([
    ['nothing is set', {}, { onReport: () => {} }],
    ['TRACING_MODE is noop', { TRACING_MODE: 'noop', LANGFUSE_PUBLIC_KEY: 'pk', LANGFUSE_SECRET_KEY: 'sk' }, {}],
    ['the SDK is disabled', { OTEL_SDK_DISABLED: 'true', LANGFUSE_PUBLIC_KEY: 'pk', LANGFUSE_SECRET_KEY: 'sk' }, {}],
  ])('configureTracing() is a no-op that registers nothing when %s', async (_case, environment, options) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
    const tracing = configureTracing(options)
    expect(tracing).toMatchObject({ mode: 'noop' })
    expect(tracing.provider).toBeUndefined()
    expect(new Tracer().startSpan('step').isRecording).toBe(false)
    const nothing = { exported: 0, failed: 0, dropped: 0, spooled: 0, pending: 0 }
    expect(tracing.stats()).toMatchObject(nothing)
    expect([await tracing.flush(), await tracing.shutdown()]).toEqual([nothing, nothing])
  })

  it('configureTracing() in isolation stays out of the globals and leaves their spans alone', async () => {
    const tracing = configureTracing(toSink({ isolated: true }))
    expect(trace.getTracer('x').startSpan('global').isRecording()).toBe(false)
    const { provider } = tracing
    if (!provider) throw new Error('an isolated tracing has no provider')
    const tracer = new Tracer('base', { provider })
    tracer.span('root', () => tracer.span('child', () => {}))
    await tracing.flush()
    const byName = Object.fromEntries(sink.spans().map((span) => [span.name, span.attributes]))
    // The child has found its parent: context is kept although nothing is global.
    expect(byName.root).toMatchObject({ 'langfuse.internal.is_app_root': true })
    expect(byName.child).not.toHaveProperty('langfuse.internal.is_app_root')
  })

  it('configureTracing() in isolation makes a new one every time, beside the shared one', async () => {
    const shared = configureTracing(toSink())
    const [one, two] = [configureTracing(toSink({ isolated: true })), configureTracing(toSink({ isolated: true }))]
    expect(new Set([shared, one, two]).size).toBe(3)
    expect(configureTracing()).toBe(shared)
    await clearTracingConfig()
    expect(isTracingConfigured()).toBe(false)
  })

  it('configureTracing() keeps context for the tracing that stays when another one goes', async () => {
    const isolated = configureTracing(toSink({ isolated: true }))
    configureTracing(toSink())
    await isolated.shutdown()
    expect(activeInside('step')).toBe('step')
  })

  it('configureTracing() reports a foreign provider once, does not throw, and leaves it registered', async () => {
    const foreign = new BasicTracerProvider()
    trace.setGlobalTracerProvider(foreign)
    const reports: string[] = []
    const tracing = configureTracing(toSink({ onReport: ({ message }) => reports.push(message) }))
    configureTracing(toSink())
    expect(tracing.mode).toBe('langfuse')
    expect(reports).toEqual([
      'No span will be sent: another OpenTelemetry tracer provider is registered in this process, a BasicTracerProvider. Add ' +
        'createLangfuseSpanProcessor() to that provider, or use configureTracing({ isolated: true }) and give tracing.provider to your tracers.',
    ])
    await clearTracingConfig()
    const isForeignLeft = trace.getTracer('x').startSpan('step').isRecording()
    trace.disable()
    expect(isForeignLeft).toBe(true)
  })
})

describe('shutdown()', () => {
  it('shutdown() sends what is held, gives the globals back, and lets tracing be configured anew', async () => {
    const first = configureTracing(toSink())
    new Tracer().span('one', () => {})
    const final = first.shutdown()
    expect(isTracingConfigured()).toBe(false)
    expect(await final).toEqual({ exported: 1, failed: 0, dropped: 0, spooled: 0, pending: 0 })
    expect(trace.getTracer('x').startSpan('step').isRecording()).toBe(false)
    const second = configureTracing(toSink())
    expect(second).not.toBe(first)
    new Tracer().span('two', () => {})
    expect(await second.flush()).toEqual({ exported: 1, failed: 0, dropped: 0, spooled: 0, pending: 0 })
    expect(await first.shutdown()).toEqual({ exported: 1, failed: 0, dropped: 0, spooled: 0, pending: 0 })
    // The late shutdown of the first must not have taken the second's place away.
    expect(isTracingConfigured()).toBe(true)
    expect(activeInside('still on')).toBe('still on')
  })
})

describe('clearTracingConfig()', () => {
  it('clearTracingConfig() frees the globals before it returns', async () => {
    configureTracing(toSink())
    expect(isTracingConfigured()).toBe(true)
    expect(activeInside('step')).toBe('step')
    const cleared = clearTracingConfig()
    expect(isTracingConfigured()).toBe(false)
    const key = createContextKey('probe')
    expect(context.with(ROOT_CONTEXT.setValue(key, 1), () => context.active().getValue(key))).toBeUndefined()
    expect(propagation.fields()).toEqual([])
    const next = configureTracing(toSink())
    new Tracer().span('step', () => {})
    await cleared
    expect(activeInside('step')).toBe('step')
    expect(await next.flush()).toMatchObject({ exported: 2 })
  })

  it('clearTracingConfig() does nothing when nothing is configured', async () => {
    await expect(clearTracingConfig()).resolves.toBeUndefined()
    expect(isTracingConfigured()).toBe(false)
  })
})

it('listProviders() names every mode', () => {
  expect(listProviders()).toEqual(['noop', 'langfuse', 'otel', 'console'])
})
