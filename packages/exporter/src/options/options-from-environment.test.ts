import { describe, expect, it } from 'vitest'
import { optionsFromEnvironment } from './options-from-environment.js'

const NOTHING = {
  mode: undefined,
  publicKey: undefined,
  secretKey: undefined,
  baseUrl: undefined,
  baseUrlProblem: undefined,
  environment: undefined,
  release: undefined,
  tags: undefined,
  timeoutMillis: undefined,
  flushIntervalMillis: undefined,
  maxBatchSpans: undefined,
  sampleRate: undefined,
  mediaUpload: undefined,
  lambda: { functionName: undefined, maxConcurrency: undefined },
  insecureTls: false,
  spoolDir: undefined,
  logLevel: undefined,
  samplerKeepsNone: undefined,
  sdkDisabled: false,
  otlp: {
    endpoint: undefined,
    protocol: undefined,
    headers: {},
    compression: 'none',
    timeoutMillis: 10_000,
    batches: {},
    tls: {},
  },
  problems: [],
}

describe('optionsFromEnvironment()', () => {
  it('optionsFromEnvironment() finds nothing in an empty environment', () => {
    expect(optionsFromEnvironment({})).toEqual(NOTHING)
  })

  it('optionsFromEnvironment() counts variables set to nothing as unset', () => {
    const blank = {
      TRACING_MODE: '',
      LANGFUSE_PUBLIC_KEY: '  ',
      LANGFUSE_HOST: '',
      LANGFUSE_TIMEOUT: ' ',
      LANGFUSE_TAGS: '',
    }
    expect(optionsFromEnvironment(blank)).toEqual(NOTHING)
  })

  it('optionsFromEnvironment() reads every variable in its unit', () => {
    const found = optionsFromEnvironment({
      TRACING_MODE: 'Langfuse',
      LANGFUSE_PUBLIC_KEY: ' pk-1 ',
      LANGFUSE_SECRET_KEY: 'sk-1\n',
      LANGFUSE_BASE_URL: 'https://langfuse.example/prefix//',
      LANGFUSE_TRACING_ENVIRONMENT: 'staging',
      LANGFUSE_RELEASE: 'v1.2.3',
      LANGFUSE_TAGS: 'a, b,,a',
      LANGFUSE_TIMEOUT: '2.5',
      LANGFUSE_FLUSH_INTERVAL: '1',
      LANGFUSE_FLUSH_AT: '20',
      LANGFUSE_SAMPLE_RATE: '0.25',
      AXION_LOG_LEVEL: 'NONE',
      AXION_SPOOL_DIR: '/spool',
      AWS_LAMBDA_FUNCTION_NAME: 'f',
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
      LANGFUSE_MEDIA_UPLOAD_ENABLED: '1',
      OTEL_BSP_SCHEDULE_DELAY: '100',
      OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '10',
      OTEL_BSP_MAX_QUEUE_SIZE: 'many',
      OTEL_SDK_DISABLED: 'TRUE',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://traces:4318/v1/traces',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      OTEL_EXPORTER_OTLP_HEADERS: 'x-team=secret,authorization=Bearer%20x',
    })
    expect(found).toEqual({
      mode: 'langfuse',
      publicKey: 'pk-1',
      secretKey: 'sk-1',
      baseUrl: 'https://langfuse.example/prefix',
      baseUrlProblem: undefined,
      environment: 'staging',
      release: 'v1.2.3',
      tags: ['a', ' b', '', 'a'],
      timeoutMillis: 2500,
      flushIntervalMillis: 1000,
      maxBatchSpans: 20,
      sampleRate: 0.25,
      mediaUpload: true,
      lambda: { functionName: 'f', maxConcurrency: undefined },
      insecureTls: true,
      spoolDir: '/spool',
      logLevel: 'none',
      samplerKeepsNone: undefined,
      sdkDisabled: true,
      otlp: {
        endpoint: 'http://traces:4318/v1/traces',
        protocol: 'grpc',
        headers: { 'x-team': 'secret', authorization: 'Bearer x' },
        compression: 'none',
        timeoutMillis: 10_000,
        batches: { flushIntervalMillis: 100, maxBatchSpans: 10 },
        tls: {},
      },
      problems: ['Ignored OTEL_BSP_MAX_QUEUE_SIZE: expected a whole number from 1 to 9007199254740991'],
    })
  })

  it('optionsFromEnvironment() prefers the newer of two names', () => {
    const both = optionsFromEnvironment({
      LANGFUSE_BASE_URL: 'https://new.example',
      LANGFUSE_HOST: 'https://old.example',
      LANGFUSE_TRACING_ENVIRONMENT: 'new',
      LANGFUSE_ENVIRONMENT: 'old',
    })
    expect([both.baseUrl, both.environment]).toEqual(['https://new.example', 'new'])
    const old = optionsFromEnvironment({ LANGFUSE_HOST: 'https://old.example', LANGFUSE_ENVIRONMENT: 'old' })
    expect([old.baseUrl, old.environment]).toEqual(['https://old.example', 'old'])
  })

  it.each([
    ['TRACING_MODE', 'jaeger', 'Ignored TRACING_MODE: it is "jaeger", expected one of noop, langfuse, otel, console'],
    ['AXION_LOG_LEVEL', 'loud', 'Ignored AXION_LOG_LEVEL: it is "loud", expected one of none, error, warn, info'],
    [
      'LANGFUSE_TIMEOUT',
      '0',
      'Ignored LANGFUSE_TIMEOUT: it is "0", expected a number of seconds from 0.001 to 2147483.647',
    ],
    [
      'LANGFUSE_TIMEOUT',
      '-1',
      'Ignored LANGFUSE_TIMEOUT: it is "-1", expected a number of seconds from 0.001 to 2147483.647',
    ],
    [
      'LANGFUSE_TIMEOUT',
      '0x10',
      'Ignored LANGFUSE_TIMEOUT: it is "0x10", expected a number of seconds from 0.001 to 2147483.647',
    ],
    [
      'LANGFUSE_TIMEOUT',
      '9999999',
      'Ignored LANGFUSE_TIMEOUT: it is "9999999", expected a number of seconds from 0.001 to 2147483.647',
    ],
    ['LANGFUSE_FLUSH_AT', '1.5', 'Ignored LANGFUSE_FLUSH_AT: it is "1.5", expected a whole number from 1 to 100000'],
    ['LANGFUSE_FLUSH_AT', '0', 'Ignored LANGFUSE_FLUSH_AT: it is "0", expected a whole number from 1 to 100000'],
    ['LANGFUSE_SAMPLE_RATE', '1.01', 'Ignored LANGFUSE_SAMPLE_RATE: it is "1.01", expected a number from 0 to 1'],
    ['LANGFUSE_SAMPLE_RATE', 'NaN', 'Ignored LANGFUSE_SAMPLE_RATE: it is "NaN", expected a number from 0 to 1'],
    [
      'LANGFUSE_SAMPLE_RATE',
      `0${'.1'.repeat(30)}`,
      `Ignored LANGFUSE_SAMPLE_RATE: it is a text of 61 characters, expected a number from 0 to 1`,
    ],
    [
      'LANGFUSE_TIMEOUT',
      'sk-lf-1',
      'Ignored LANGFUSE_TIMEOUT: it is a text of 7 characters, expected a number of seconds from 0.001 to 2147483.647',
    ],
  ])('optionsFromEnvironment() ignores and describes %s=%s', (name, value, problem) => {
    expect(optionsFromEnvironment({ [name]: value })).toEqual({ ...NOTHING, problems: [problem] })
  })

  it('optionsFromEnvironment() has no base URL, but a problem, when the variable is not one, and shows no password', () => {
    const expectation = 'an http or https URL without user, query or fragment, such as https://cloud.langfuse.com'
    expect(optionsFromEnvironment({ LANGFUSE_BASE_URL: 'nope' })).toEqual({
      ...NOTHING,
      baseUrlProblem: `LANGFUSE_BASE_URL is "nope", expected ${expectation}`,
    })
    expect(optionsFromEnvironment({ LANGFUSE_HOST: 'https://me:hunter2@host/x?token=t' })).toEqual({
      ...NOTHING,
      baseUrlProblem: `LANGFUSE_HOST is "https://…@host/x…", expected ${expectation}`,
    })
  })
})
