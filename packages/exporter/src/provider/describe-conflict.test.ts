import { expect, it } from 'vitest'
import { runProgram } from '../run-program.fixture.js'

const KEYS = { LANGFUSE_PUBLIC_KEY: 'pk', LANGFUSE_SECRET_KEY: 'sk', LANGFUSE_BASE_URL: 'http://127.0.0.1:9' }

it('describeConflict() names the older copy of the API that was there first', async () => {
  const program = `
    const { trace } = await import("opentelemetry-api-1.4")
    const { BasicTracerProvider } = await import("@opentelemetry/sdk-trace-base")
    trace.setGlobalTracerProvider(new BasicTracerProvider())
    const { configureTracing } = await import("@axion/exporter")
    configureTracing()
  `
  expect(await runProgram(program, KEYS)).toMatchObject({
    exitCode: 0,
    stderr:
      '[axion] No span will be sent: another copy of @opentelemetry/api, version 1.4.1, has registered itself first, and it is older than ' +
      'the one used here. Update it: "npm ls @opentelemetry/api" shows who brings it.\n',
  })
})

it.each([
  [{ LANGFUSE_SAMPLE_RATE: '0' }, 'the sample rate is 0'],
  [{ OTEL_TRACES_SAMPLER: 'always_off' }, 'OTEL_TRACES_SAMPLER is always_off'],
  [{ OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' }, 'OTEL_TRACES_SAMPLER_ARG is 0'],
])('configureTracing() says that sampling leaves everything out: %j', async (environment, cause) => {
  const program = `const { configureTracing } = await import("@axion/exporter"); configureTracing()`
  expect(await runProgram(program, { ...KEYS, ...environment })).toMatchObject({
    exitCode: 0,
    stderr: `[axion] No trace that starts here will be sent: ${cause}.\n`,
  })
})
