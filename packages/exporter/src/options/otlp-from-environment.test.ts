import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { otlpFromEnvironment } from './otlp-from-environment.js'

function read(variables: Record<string, string>) {
  const problems: string[] = []
  const prefixed = Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [`OTEL_EXPORTER_OTLP_${name}`, value]),
  )
  return { ...otlpFromEnvironment(prefixed, problems), problems }
}

describe('otlpFromEnvironment()', () => {
  it.each<[Record<string, string>, string | undefined]>([
    [{}, undefined],
    [{ ENDPOINT: ' ' }, undefined],
    [{ ENDPOINT: 'http://a:4318' }, 'http://a:4318/v1/traces'],
    [{ ENDPOINT: 'http://a:4318/' }, 'http://a:4318/v1/traces'],
    [{ ENDPOINT: 'https://a/otlp' }, 'https://a/otlp/v1/traces'],
    [{ ENDPOINT: 'https://a/otlp/?token=t/' }, 'https://a/otlp/v1/traces?token=t/'],
    [{ ENDPOINT: 'https://a?token=t#x' }, 'https://a/v1/traces?token=t'],
    [{ TRACES_ENDPOINT: 'https://a/own?token=t' }, 'https://a/own?token=t'],
    [{ TRACES_ENDPOINT: 'http://t:4318' }, 'http://t:4318/'],
    [{ TRACES_ENDPOINT: 'https://t/own/path', ENDPOINT: 'http://a' }, 'https://t/own/path'],
    [{ TRACES_ENDPOINT: 'nope', ENDPOINT: 'http://a' }, 'http://a/v1/traces'],
    [{ ENDPOINT: 'localhost:4318' }, undefined],
    [{ ENDPOINT: 'ftp://a' }, undefined],
  ])('otlpFromEnvironment() reads the endpoint of %j', (variables, endpoint) => {
    expect(read(variables).endpoint).toBe(endpoint)
  })

  it('otlpFromEnvironment() puts the settings for traces before the general ones', () => {
    const general = { HEADERS: 'a=1,b=2', COMPRESSION: 'none', TIMEOUT: '1', PROTOCOL: 'grpc' }
    const traces = {
      TRACES_HEADERS: 'b=3',
      TRACES_COMPRESSION: 'gzip',
      TRACES_TIMEOUT: '2',
      TRACES_PROTOCOL: 'http/json',
    }
    expect(read({ ...general, ...traces })).toMatchObject({
      headers: { a: '1', b: '3' },
      compression: 'gzip',
      timeoutMillis: 2,
      protocol: 'http/json',
      problems: [],
    })
  })

  it.each([
    ['ENDPOINT', 'user:sk-secret', 'an http or https URL'],
    ['COMPRESSION', 'br', 'gzip or none'],
    ['TIMEOUT', '-1', 'a number of milliseconds above 0'],
    ['TIMEOUT', '0', 'a number of milliseconds above 0'],
    ['TIMEOUT', '2147483648', 'a number of milliseconds above 0'],
    ['CERTIFICATE', '/no/such/file', 'the path of a file that can be read'],
  ])('otlpFromEnvironment() ignores and describes %s=%s without the value', (name, value, expected) => {
    const { problems, ...rest } = read({ [name]: value })
    expect(problems).toEqual([`Ignored OTEL_EXPORTER_OTLP_${name}: expected ${expected}`])
    expect(rest).toEqual({
      endpoint: undefined,
      protocol: undefined,
      headers: {},
      compression: 'none',
      timeoutMillis: 10_000,
      batches: {},
      tls: {},
    })
  })

  it('otlpFromEnvironment() leaves headers out that HTTP cannot carry, without showing their values', () => {
    const { headers, problems } = read({
      HEADERS: 'ok=1,x y=sk-secret,z=sk%0Asecret',
      TRACES_HEADERS: 'ok=%E2%82%AC,umlaut=%C3%BC',
    })
    expect(headers).toEqual({ ok: '1', umlaut: 'ü' })
    expect(problems).toEqual([
      'Ignored "x y" of OTEL_EXPORTER_OTLP_HEADERS: expected an HTTP header name with a one-line value',
      'Ignored "z" of OTEL_EXPORTER_OTLP_HEADERS: expected an HTTP header name with a one-line value',
      'Ignored "ok" of OTEL_EXPORTER_OTLP_TRACES_HEADERS: expected an HTTP header name with a one-line value',
    ])
  })

  it('otlpFromEnvironment() reads certificates from their files', () => {
    const folder = mkdtempSync(join(tmpdir(), 'otlp-'))
    try {
      for (const name of ['ca', 'cert', 'key']) writeFileSync(join(folder, name), `the ${name}`)
      const { tls } = read({
        CERTIFICATE: join(folder, 'ca'),
        CLIENT_CERTIFICATE: join(folder, 'cert'),
        CLIENT_KEY: join(folder, 'key'),
      })
      expect(tls).toEqual({ ca: Buffer.from('the ca'), cert: Buffer.from('the cert'), key: Buffer.from('the key') })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
