import { describe, expect, it } from 'vitest'
import { ExporterError } from '../exporter-error.js'
import type { ExporterOptions } from './exporter-options.js'
import { optionsFromEnvironment } from './options-from-environment.js'
import { resolveExporterOptions } from './resolve-exporter-options.js'

const resolve = (caller: ExporterOptions, environment: Record<string, string> = {}) =>
  resolveExporterOptions(caller, optionsFromEnvironment(environment))

// What a JavaScript caller may pass, past the compiler.
const untyped = (options: Record<string, unknown>): ExporterOptions => options

describe('resolveExporterOptions()', () => {
  it('resolveExporterOptions() falls back to the defaults', () => {
    const { onReport, ...resolved } = resolve({})
    expect(onReport).toBeTypeOf('function')
    expect(resolved).toEqual({
      mode: undefined,
      publicKey: undefined,
      secretKey: undefined,
      baseUrl: 'https://cloud.langfuse.com',
      baseUrlProblem: undefined,
      environment: undefined,
      release: undefined,
      tags: [],
      sampleRate: undefined,
      captureContent: undefined,
      mask: [],
      shouldExport: undefined,
      exportMode: 'batched',
      timeoutMillis: 5000,
      flushIntervalMillis: 5000,
      maxBatchSpans: 512,
      maxBatchBytes: 4_194_304,
      maxQueueBytes: 134_217_728,
      maxQueueSpans: 1_000_000,
      concurrency: 8,
      compression: 'gzip',
      headers: {},
      spool: undefined,
      exitHooks: { signals: ['SIGTERM', 'SIGINT', 'SIGHUP'], deadlineMillis: 5000 },
      alwaysKeep: undefined,
      mediaUpload: false,
      isolated: false,
      insecureTls: false,
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
    })
  })

  const environment = {
    TRACING_MODE: 'console',
    LANGFUSE_PUBLIC_KEY: 'pk-env',
    LANGFUSE_SECRET_KEY: 'sk-env',
    LANGFUSE_BASE_URL: 'https://env.example',
    LANGFUSE_TRACING_ENVIRONMENT: 'env',
    LANGFUSE_RELEASE: 'r-env',
    LANGFUSE_TAGS: 'x, y,,x',
    LANGFUSE_TIMEOUT: '2',
    LANGFUSE_FLUSH_INTERVAL: '3',
    LANGFUSE_FLUSH_AT: '4',
    LANGFUSE_SAMPLE_RATE: '0.5',
  }

  it('resolveExporterOptions() prefers the environment to a default', () => {
    expect(resolve({}, environment)).toMatchObject({
      mode: 'console',
      publicKey: 'pk-env',
      secretKey: 'sk-env',
      baseUrl: 'https://env.example',
      environment: 'env',
      release: 'r-env',
      tags: ['x', 'y'],
      timeoutMillis: 2000,
      flushIntervalMillis: 3000,
      maxBatchSpans: 4,
      sampleRate: 0.5,
    })
  })

  it('resolveExporterOptions() prefers an argument to the environment', () => {
    const caller: ExporterOptions = {
      mode: 'noop',
      publicKey: 'pk',
      secretKey: 'sk',
      baseUrl: 'http://localhost:1/',
      environment: 'mine',
      release: 'r',
      tags: ['b', ' b', 'a', ''],
      timeoutMillis: 1,
      flushIntervalMillis: 7,
      maxBatchSpans: 1,
      sampleRate: 0,
      captureContent: false,
    }
    expect(resolve(caller, environment)).toMatchObject({ ...caller, baseUrl: 'http://localhost:1', tags: ['b', 'a'] })
  })

  it('resolveExporterOptions() prefers an argument to OpenTelemetry’s variables for batches', () => {
    const variables = { OTEL_BSP_MAX_QUEUE_SIZE: '7', OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '5' }
    const { maxQueueSpans, otlp } = resolve({ maxQueueSpans: 9 }, variables)
    expect([maxQueueSpans, otlp.batches]).toEqual([9, { maxBatchSpans: 5 }])
  })

  it('resolveExporterOptions() counts undefined, null and empty texts as not given', () => {
    const caller = untyped({
      publicKey: '',
      secretKey: undefined,
      baseUrl: ' ',
      timeoutMillis: null,
      tags: undefined,
      headers: null,
    })
    expect(resolve(caller, environment)).toMatchObject({
      publicKey: 'pk-env',
      secretKey: 'sk-env',
      baseUrl: 'https://env.example',
      timeoutMillis: 2000,
      tags: ['x', 'y'],
      headers: {},
    })
  })

  it('resolveExporterOptions() sends nowhere when the environment has a broken base URL, unless an argument has a good one', () => {
    const broken = { LANGFUSE_BASE_URL: 'nope' }
    expect(resolve({}, broken)).toMatchObject({ baseUrl: undefined, baseUrlProblem: expect.stringContaining('"nope"') })
    expect(resolve({ baseUrl: 'http://good' }, broken)).toMatchObject({
      baseUrl: 'http://good',
      baseUrlProblem: undefined,
    })
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['mode', { mode: 'jaeger' }, 'mode is "jaeger", expected noop, langfuse, otel, console'],
    [
      'baseUrl',
      { baseUrl: 'nope' },
      'baseUrl is "nope", expected an http or https URL without user, query or fragment, such as https://cloud.langfuse.com',
    ],
    [
      'baseUrl',
      { baseUrl: 'https://a:hunter2@b' },
      'baseUrl is "https://…@b/", expected an http or https URL without user, query or fragment, such as https://cloud.langfuse.com',
    ],
    ['publicKey', { publicKey: 42 }, 'publicKey is a number, expected a string'],
    ['secretKey', { secretKey: { key: 'sk-hidden' } }, 'secretKey is an object, expected a string'],
    ['sampleRate', { sampleRate: 1.1 }, 'sampleRate is 1.1, expected a number from 0 to 1'],
    ['sampleRate', { sampleRate: -0.1 }, 'sampleRate is -0.1, expected a number from 0 to 1'],
    ['sampleRate', { sampleRate: Number.NaN }, 'sampleRate is NaN, expected a number from 0 to 1'],
    ['sampleRate', { sampleRate: '0.5' }, 'sampleRate is "0.5", expected a number from 0 to 1'],
    ['sampleRate', { sampleRate: Object.create(null) }, 'sampleRate is an object, expected a number from 0 to 1'],
    ['mode', { mode: 'sk-lf-1' }, 'mode is a text of 7 characters, expected noop, langfuse, otel, console'],
    ['timeoutMillis', { timeoutMillis: -1 }, 'timeoutMillis is -1, expected a number from 1 to 2147483647'],
    [
      'timeoutMillis',
      { timeoutMillis: Number.POSITIVE_INFINITY },
      'timeoutMillis is Infinity, expected a number from 1 to 2147483647',
    ],
    [
      'flushIntervalMillis',
      { flushIntervalMillis: 0 },
      'flushIntervalMillis is 0, expected a number from 1 to 2147483647',
    ],
    ['maxBatchSpans', { maxBatchSpans: 0.5 }, 'maxBatchSpans is 0.5, expected a whole number from 1 to 100000'],
    ['maxBatchBytes', { maxBatchBytes: 1023 }, 'maxBatchBytes is 1023, expected a whole number from 1024 to 268435456'],
    ['concurrency', { concurrency: 0 }, 'concurrency is 0, expected a whole number from 1 to 1000'],
    ['compression', { compression: 'br' }, 'compression is "br", expected gzip, none'],
    ['exportMode', { exportMode: 'never' }, 'exportMode is "never", expected batched, immediate'],
    ['isolated', { isolated: 'yes' }, 'isolated is a string, expected true or false'],
    ['tags', { tags: 'a,b' }, 'tags is a string, expected an array of strings'],
    ['tags', { tags: [1] }, 'tags is an array with other things in it, expected an array of strings'],
    ['shouldExport', { shouldExport: true }, 'shouldExport is a boolean, expected a function'],
    [
      'headers',
      { headers: { 'x y': 'v' } },
      'headers is unusable at "x y", expected HTTP header names with one-line string values',
    ],
    [
      'headers',
      { headers: { x: 'secret\r\ninjected: 1' } },
      'headers is unusable at "x", expected HTTP header names with one-line string values',
    ],
    ['headers', { headers: 'x: 1' }, 'headers is a string, expected an object, a Map or Headers'],
    [
      'headers',
      { headers: { x: 1 } },
      'headers is unusable at "x", expected HTTP header names with one-line string values',
    ],
  ])('resolveExporterOptions() refuses %s: %j', (option, caller, message) => {
    const expected = new ExporterError('invalid_options', option, `Cannot configure tracing: ${message}`)
    expect(() => resolve(untyped(caller))).toThrow(expected)
    expect(() => resolve(untyped(caller))).toThrow(expect.objectContaining({ code: 'invalid_options', option }))
  })
})

describe('resolveExporterOptions() of options with members', () => {
  it.each<[string, Record<string, unknown>, Record<string, string>, unknown]>([
    [
      'a spool from an argument',
      { spool: { dir: '/a' } },
      {},
      { spool: { dir: '/a', maxBytes: 2 ** 30, fsync: 'batch', evict: 'oldest' } },
    ],
    ['a spool from the environment', {}, { AXION_SPOOL_DIR: ' /b ' }, { spool: { dir: '/b' } }],
    [
      'an argument before the environment',
      { spool: { dir: '/a', fsync: 'none' } },
      { AXION_SPOOL_DIR: '/b' },
      { spool: { dir: '/a', fsync: 'none' } },
    ],
    [
      'settings for the environment’s folder',
      { spool: { evict: 'newest' } },
      { AXION_SPOOL_DIR: '/b' },
      { spool: { dir: '/b', evict: 'newest' } },
    ],
    ['no spool in spite of the environment', { spool: false }, { AXION_SPOOL_DIR: '/b' }, { spool: undefined }],
    ['immediate mode on AWS Lambda', {}, { AWS_LAMBDA_FUNCTION_NAME: 'f' }, { exportMode: 'immediate' }],
    [
      'batches on AWS Lambda when asked to',
      { exportMode: 'batched' },
      { AWS_LAMBDA_FUNCTION_NAME: 'f' },
      { exportMode: 'batched' },
    ],
    ['no exit hooks', { exitHooks: false }, {}, { exitHooks: undefined }],
    [
      'some exit hooks',
      { exitHooks: { signals: ['SIGTERM'], deadlineMillis: 100 } },
      {},
      { exitHooks: { signals: ['SIGTERM'], deadlineMillis: 100 } },
    ],
    [
      'exit hooks without signals',
      { exitHooks: { signals: [] } },
      {},
      { exitHooks: { signals: [], deadlineMillis: 5000 } },
    ],
    [
      'a tail rule',
      { alwaysKeep: { slowerThanMillis: 5 } },
      {},
      { alwaysKeep: { errors: true, slowerThanMillis: 5, windowMillis: 60_000, maxSpans: 10_000 } },
    ],
  ])('resolveExporterOptions() settles %s', (_case, caller, environment, expected) => {
    expect(resolve(untyped(caller), environment)).toMatchObject(expected as object)
  })

  it.each<[Record<string, unknown>, string, string]>([
    [{ spool: '/a' }, 'spool', 'spool is a string, expected an object with dir, maxBytes, fsync, evict'],
    [{ spool: {} }, 'spool.dir', 'spool.dir is missing, expected a folder, here or in AXION_SPOOL_DIR'],
    [{ spool: { dir: ' ' } }, 'spool.dir', 'spool.dir is " ", expected a text that is not empty'],
    [
      { spool: { dir: 'a', maxBytes: 5 } },
      'spool.maxBytes',
      'spool.maxBytes is 5, expected a whole number from 8388608 to 9007199254740991',
    ],
    [
      { spool: { dir: 'a', fsync: 'often' } },
      'spool.fsync',
      'spool.fsync is "often", expected one of none, batch, always',
    ],
    [
      { spool: { dir: 'a', size: 5 } },
      'spool.size',
      'spool.size is not an option, expected some of dir, maxBytes, fsync, evict',
    ],
    [{ exitHooks: true }, 'exitHooks', 'exitHooks is a boolean, expected an object with signals, deadlineMillis'],
    [
      { exitHooks: { signals: ['SIGKILL'] } },
      'exitHooks.signals',
      'exitHooks.signals is an array with other things in it, expected an array of some of SIGTERM, SIGINT, SIGHUP',
    ],
    [
      { exitHooks: { deadlineMillis: 0 } },
      'exitHooks.deadlineMillis',
      'exitHooks.deadlineMillis is 0, expected a number from 1 to 600000',
    ],
    [{ alwaysKeep: { errors: 'yes' } }, 'alwaysKeep.errors', 'alwaysKeep.errors is "yes", expected true or false'],
    [
      { maxQueueBytes: 1 },
      'maxQueueBytes',
      'maxQueueBytes is 1, expected a whole number from 65536 to 9007199254740991',
    ],
  ])('resolveExporterOptions() refuses %j', (caller, option, message) => {
    expect(() => resolve(untyped(caller))).toThrow(
      expect.objectContaining({ code: 'invalid_options', option, message: `Cannot configure tracing: ${message}` }),
    )
  })
})
