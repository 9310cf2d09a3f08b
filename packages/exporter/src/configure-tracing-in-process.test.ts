import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type OtlpSink, startOtlpSink } from './otlp-sink.fixture.js'
import { runProgram } from './run-program.fixture.js'

let sink: OtlpSink
beforeEach(async () => {
  sink = await startOtlpSink()
})
afterEach(() => sink.close())

// What a user writes; the report goes to standard output, the library's own lines to standard error.
const PROGRAM = `
  import { trace } from '@opentelemetry/api'
  import { configureTracing } from '@axion/exporter'
  const tracing = configureTracing()
  configureTracing()
  trace.getTracer('axion').startSpan('step', { attributes: { n: 1 } }).end()
  const { exported, failed } = await tracing.flush()
  console.log(tracing.mode, exported, failed)
`

describe('configureTracing()', () => {
  const bothMissing =
    '[axion] Tracing is off: LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY are not set. Set them to send traces to Langfuse, or TRACING_MODE=noop to silence this line.\n'
  const keys = { LANGFUSE_PUBLIC_KEY: 'pk', LANGFUSE_SECRET_KEY: 'sk-secret' }

  it.each<[string, Record<string, string>, string]>([
    ['nothing is set', {}, bothMissing],
    ['only reports are off', { AXION_LOG_LEVEL: 'none' }, ''],
    ['noop is asked for', { TRACING_MODE: 'noop' }, ''],
    ['the SDK is disabled', { OTEL_SDK_DISABLED: 'true' }, ''],
    [
      'the base URL is none',
      { ...keys, LANGFUSE_BASE_URL: 'nope' },
      '[axion] Tracing is off: LANGFUSE_BASE_URL is "nope", expected an http or https URL without user, query or fragment, such as https://cloud.langfuse.com. Correct it to send traces to Langfuse, or TRACING_MODE=noop to silence this line.\n',
    ],
  ])('configureTracing() sends nothing and says this on standard error when %s', async (_case, environment, stderr) => {
    expect(await runProgram(PROGRAM, environment)).toEqual({ exitCode: 0, stdout: 'noop 0 0\n', stderr })
  })

  it('configureTracing() sends to Langfuse with nothing but the environment, and says nothing', async () => {
    const environment = {
      ...keys,
      LANGFUSE_BASE_URL: sink.url,
      LANGFUSE_TAGS: 'a,b',
      LANGFUSE_TRACING_ENVIRONMENT: 'ci',
    }
    expect(await runProgram(PROGRAM, environment)).toEqual({ exitCode: 0, stdout: 'langfuse 1 0\n', stderr: '' })
    expect(sink.requests[0]?.headers.authorization).toBe(`Basic ${btoa('pk:sk-secret')}`)
    expect(sink.spans()[0]?.attributes).toMatchObject({
      n: 1,
      'langfuse.environment': 'ci',
      'langfuse.trace.tags': ['a', 'b'],
    })
  })

  it('configureTracing() says in one line that the credentials are refused, without showing them', async () => {
    const refusing = await startOtlpSink((response) => {
      response.statusCode = 401
      response.end()
    })
    const result = await runProgram(PROGRAM, { ...keys, LANGFUSE_BASE_URL: refusing.url })
    await refusing.close()
    expect(result).toEqual({
      exitCode: 0,
      stdout: 'langfuse 0 1\n',
      stderr: `[axion] Cannot send spans to Langfuse at ${refusing.url}: Langfuse refused the credentials (401): check LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY\n`,
    })
  })

  it('configureTracing() says that a variable makes no sense and goes on without it', async () => {
    const environment = { ...keys, LANGFUSE_BASE_URL: sink.url, LANGFUSE_TIMEOUT: 'soon' }
    expect(await runProgram(PROGRAM, environment)).toEqual({
      exitCode: 0,
      stdout: 'langfuse 1 0\n',
      stderr:
        '[axion] Ignored LANGFUSE_TIMEOUT: it is "soon", expected a number of seconds from 0.001 to 2147483.647\n',
    })
  })

  it('configureTracing() sends to any OTLP endpoint with OpenTelemetry’s own variables', async () => {
    const environment = {
      OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-team=mine',
      OTEL_SERVICE_NAME: 'svc',
    }
    expect(await runProgram(PROGRAM, environment)).toEqual({ exitCode: 0, stdout: 'otel 1 0\n', stderr: '' })
    expect(sink.requests[0]).toMatchObject({ path: '/v1/traces', headers: { 'x-team': 'mine' } })
    // Nothing of Langfuse's on the way to somebody else.
    expect(sink.spans()).toMatchObject([
      {
        name: 'step',
        scope: 'axion',
        attributes: { n: 1 },
        resource: expect.objectContaining({ 'service.name': 'svc' }),
      },
    ])
  })

  it('configureTracing() names the OTLP endpoint that refuses, and the protocol it cannot speak', async () => {
    const refusing = await startOtlpSink((response) => {
      response.statusCode = 403
      response.end()
    })
    const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: refusing.url, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }
    const result = await runProgram(PROGRAM, environment)
    await refusing.close()
    expect(result).toEqual({
      exitCode: 0,
      stdout: 'otel 0 1\n',
      stderr:
        '[axion] Sending OTLP as http/protobuf: OTEL_EXPORTER_OTLP_PROTOCOL asks for "grpc", which is not supported here.\n' +
        `[axion] Cannot send spans to the OTLP endpoint at ${refusing.url}: the OTLP endpoint refused the credentials (403): check OTEL_EXPORTER_OTLP_HEADERS\n`,
    })
  })

  it('configureTracing() prints one line of JSON a span in console mode, on standard error', async () => {
    const { exitCode, stdout, stderr } = await runProgram(PROGRAM, { TRACING_MODE: 'console' })
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'console 1 0\n' })
    expect(stderr.split('\n')).toHaveLength(2)
    expect(JSON.parse(stderr)).toEqual({
      name: 'step',
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
      spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
      scope: 'axion',
      start: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      durationMillis: expect.any(Number),
      attributes: { n: 1 },
    })
  })

  it('configureTracing() says once that a foreign provider is in the way, and how to live with it', async () => {
    const program = `
      import { trace } from '@opentelemetry/api'
      import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
      trace.setGlobalTracerProvider(new BasicTracerProvider())
      ${PROGRAM.replace("import { trace } from '@opentelemetry/api'", '')}
    `
    expect(await runProgram(program, { ...keys, LANGFUSE_BASE_URL: sink.url })).toEqual({
      exitCode: 0,
      stdout: 'langfuse 0 0\n',
      stderr:
        '[axion] No span will be sent: another OpenTelemetry tracer provider is registered in this process, a BasicTracerProvider. Add createLangfuseSpanProcessor() ' +
        'to that provider, or use configureTracing({ isolated: true }) and give tracing.provider to your tracers.\n',
    })
  })

  it('configureTracing() says once which options of a second call have no effect', async () => {
    const program = `
      import { configureTracing } from '@axion/exporter'
      const first = configureTracing({ tags: ['a'] })
      configureTracing({ tags: ['a'] })
      configureTracing({ tags: ['b'], captureContent: false })
      configureTracing({ tags: ['c'], captureContent: false })
    `
    const { stderr } = await runProgram(program, { TRACING_MODE: 'noop' })
    expect(stderr).toBe(
      '[axion] Ignored the options of a later configureTracing() call: tags, captureContent. Tracing is configured already; ' +
        'shut it down before, or use isolated: true for one beside it.\n',
    )
  })

  it('configureTracing() shares one tracing between two copies of the package', async () => {
    const program = `
      import { cpSync, mkdtempSync, rmSync } from 'node:fs'
      import { resolve } from 'node:path'
      import { pathToFileURL } from 'node:url'
      import { configureTracing } from '@axion/exporter'
      // Inside of node_modules, so that the copy finds its dependencies.
      const folder = mkdtempSync(resolve('node_modules/.copy-'))
      try {
        cpSync('dist', folder, { recursive: true })
        const copy = await import(pathToFileURL(folder + '/index.js'))
        console.log(copy.configureTracing === configureTracing, configureTracing() === copy.configureTracing())
      } finally {
        rmSync(folder, { recursive: true })
      }
    `
    const result = await runProgram(program, { TRACING_MODE: 'noop' })
    expect(result).toEqual({ exitCode: 0, stdout: 'false true\n', stderr: '' })
  })

  it('configureTracing() can be required from CommonJS', async () => {
    const program = `
      import { createRequire } from 'node:module'
      const require = createRequire(process.cwd() + '/index.cjs')
      console.log(typeof require('@axion/exporter').configureTracing)
    `
    const { stdout } = await runProgram(program, { NODE_NO_WARNINGS: '1' })
    expect(stdout).toBe('function\n')
  })
})
