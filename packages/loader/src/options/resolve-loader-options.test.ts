import { describe, expect, it } from 'vitest'
import { LoaderError } from '../loader-error.js'
import { type LangfuseTraceLoaderOptions, LOADER_DEFAULTS } from './loader-options.js'
import { loaderOptionsFromEnvironment } from './loader-options-from-environment.js'
import { resolveLoaderOptions } from './resolve-loader-options.js'

const KEYS = { publicKey: 'pk-lf-1', secretKey: 'sk-lf-very-secret' }
const resolve = (caller: LangfuseTraceLoaderOptions, env: Record<string, string> = {}) =>
  resolveLoaderOptions(caller, loaderOptionsFromEnvironment(env), LOADER_DEFAULTS)

describe('resolveLoaderOptions()', () => {
  it('resolveLoaderOptions() fills in what was left out', () => {
    expect(resolve(KEYS)).toEqual({
      ...KEYS,
      baseUrl: 'https://cloud.langfuse.com',
      defaultTags: [],
      maxRetries: 2,
      requestsPerMinute: Number.POSITIVE_INFINITY,
      timeoutMillis: 30_000,
      dispatcher: undefined,
      headers: {},
    })
  })

  it('resolveLoaderOptions() prefers the caller to the environment, and LANGFUSE_BASE_URL to LANGFUSE_HOST', () => {
    const env = {
      LANGFUSE_PUBLIC_KEY: 'pk-env',
      LANGFUSE_SECRET_KEY: 'sk-env',
      LANGFUSE_BASE_URL: 'http://base',
      LANGFUSE_HOST: 'http://host',
    }
    expect(resolve({}, env)).toMatchObject({ publicKey: 'pk-env', secretKey: 'sk-env', baseUrl: 'http://base' })
    expect(resolve({ publicKey: 'pk-mine', baseUrl: 'http://mine' }, env)).toMatchObject({
      publicKey: 'pk-mine',
      secretKey: 'sk-env',
      baseUrl: 'http://mine',
    })
    expect(resolve(KEYS, { LANGFUSE_BASE_URL: '  ', LANGFUSE_HOST: 'http://host' }).baseUrl).toBe('http://host')
  })

  it.each([
    ['http://localhost:3000/', 'http://localhost:3000'],
    ['https://example.com/langfuse//', 'https://example.com/langfuse'],
    ['HTTPS://EXAMPLE.com', 'https://example.com'],
  ])('resolveLoaderOptions() normalizes the base URL %s', (baseUrl, expected) => {
    expect(resolve({ ...KEYS, baseUrl }).baseUrl).toBe(expected)
  })

  // Typed loosely where JavaScript callers can go wrong.
  it.each<[string, Record<string, unknown>, string]>([
    [
      'no public key',
      { publicKey: undefined },
      'Invalid option publicKey: it is missing: pass publicKey or set LANGFUSE_PUBLIC_KEY',
    ],
    [
      'no secret key',
      { secretKey: undefined },
      'Invalid option secretKey: it is missing: pass secretKey or set LANGFUSE_SECRET_KEY',
    ],
    ['an empty key', { secretKey: '' }, 'Invalid option secretKey: it is not a key'],
    ['a key with a line break', { secretKey: 'sk\r\nx-evil: 1' }, 'Invalid option secretKey: it is not a key'],
    ['a public key with a colon', { publicKey: 'pk:sk' }, 'Invalid option publicKey: it is not a key'],
    ['a base URL that is none', { baseUrl: 'not a url' }, 'Invalid option baseUrl: it is not a URL'],
    [
      'a base URL without a scheme',
      { baseUrl: 'localhost:3000' },
      "Invalid option baseUrl: its protocol is 'localhost:'",
    ],
    ['a file URL', { baseUrl: 'file:///etc' }, "Invalid option baseUrl: its protocol is 'file:'"],
    [
      'credentials in the base URL',
      { baseUrl: 'https://pk:hunter2@host' },
      'Invalid option baseUrl: it carries credentials',
    ],
    ['a query in the base URL', { baseUrl: 'https://host/?a=1' }, 'Invalid option baseUrl: it has a query'],
    ['negative retries', { maxRetries: -1 }, 'Invalid option maxRetries: it is -1'],
    ['fractional retries', { maxRetries: 1.5 }, 'Invalid option maxRetries: it is 1.5'],
    ['no time at all', { timeoutMillis: 0 }, 'Invalid option timeoutMillis: it is 0'],
    ['more time than a timer holds', { timeoutMillis: 2 ** 31 }, 'Invalid option timeoutMillis: it is 2147483648'],
    ['a rate of 0', { requestsPerMinute: 0 }, 'Invalid option requestsPerMinute: it is 0'],
    ['a rate of NaN', { requestsPerMinute: Number.NaN }, 'Invalid option requestsPerMinute: it is NaN'],
    ['tags as text', { defaultTags: 'prod' }, 'Invalid option defaultTags: it is not a list'],
    ['an empty tag', { defaultTags: [''] }, 'Invalid option defaultTags: it holds something else than text'],
    ['a header name with a space', { headers: { 'x y': '1' } }, "Invalid option headers: 'x y' is not a header"],
  ])('resolveLoaderOptions() refuses %s', (_, options, message) => {
    const act = () => resolve({ ...KEYS, ...options } as LangfuseTraceLoaderOptions)
    expect(act).toThrow(LoaderError)
    expect(act).toThrow(message)
    expect(act).not.toThrow(/very-secret|hunter2/)
  })

  it.each([
    [{ publickey: 'pk' }, 'Invalid option publickey: it does not exist: expected one of publicKey, secretKey,'],
    [null, 'Invalid option options: it is null: expected an object'],
  ])('resolveLoaderOptions() refuses %j', (options, message) => {
    expect(() => resolveLoaderOptions(options as never, {}, LOADER_DEFAULTS)).toThrow(
      expect.objectContaining({ code: 'invalid_options', message: expect.stringContaining(message) }),
    )
  })

  it('resolveLoaderOptions() names the variable when the environment is wrong', () => {
    expect(() => resolve(KEYS, { LANGFUSE_BASE_URL: 'nope' })).toThrow(
      'Invalid option LANGFUSE_BASE_URL: it is not a URL',
    )
  })
})
