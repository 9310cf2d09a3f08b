import { describe, expect, it } from 'vitest'
import { connectionError } from './connection-error.js'
import { AnswerTooLarge } from './request.js'

const ATTEMPT = {
  purpose: { task: 'load traces', subject: 'page 1 of trace abc', traceId: 'abc' },
  origin: 'http://langfuse.example:3000',
  path: '/api/public/v2/observations',
  attempts: 1,
  timeoutMillis: 30_000,
}
const withCode = (code: string): Error => Object.assign(new Error('from below'), { code })

describe('connectionError()', () => {
  it.each<[string, unknown, string, boolean]>([
    ['a refusal', withCode('ECONNREFUSED'), 'refused the connection', true],
    ['a refusal on every address', new AggregateError([withCode('ECONNREFUSED')]), 'refused the connection', true],
    ['a refusal underneath', new Error('outer', { cause: withCode('ECONNREFUSED') }), 'refused the connection', true],
    ['an unknown name', withCode('ENOTFOUND'), 'is a name that cannot be resolved', true],
    ['no way', withCode('EHOSTUNREACH'), 'cannot be reached (EHOSTUNREACH)', true],
    ['a reset', withCode('ECONNRESET'), 'broke the connection (ECONNRESET)', true],
    [
      'an answer that is cut off',
      withCode('Z_BUF_ERROR'),
      'sent an answer that cannot be decompressed (Z_BUF_ERROR)',
      true,
    ],
    [
      'wrong brotli',
      withCode('ERR__ERROR_FORMAT_PADDING_1'),
      'sent an answer that cannot be decompressed (ERR__ERROR_FORMAT_PADDING_1)',
      true,
    ],
    [
      'an expired certificate',
      withCode('CERT_HAS_EXPIRED'),
      'has a certificate that is not trusted (CERT_HAS_EXPIRED)',
      false,
    ],
    [
      'a chain of its own',
      withCode('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
      'has a certificate that is not trusted (UNABLE_TO_VERIFY_LEAF_SIGNATURE)',
      false,
    ],
    [
      'another name’s certificate',
      withCode('ERR_TLS_CERT_ALTNAME_INVALID'),
      'has a certificate that is not trusted (ERR_TLS_CERT_ALTNAME_INVALID)',
      false,
    ],
    ['a thrown string', 'boom', 'broke the connection (no reason given)', true],
    ['nothing', undefined, 'broke the connection (no reason given)', true],
  ])('connectionError() describes %s', (_, cause, found, retryable) => {
    const error = connectionError(cause, ATTEMPT)
    expect(error).toMatchObject({ code: 'unavailable', retryable, attempts: 1, traceId: 'abc', path: ATTEMPT.path })
    expect(error.message).toContain(`Cannot load traces: page 1 of trace abc: http://langfuse.example:3000 ${found}: `)
    expect(error.cause).toBe(cause)
  })

  it.each(['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED'])(
    'connectionError() puts %s, a request that undici does not send, down to the options',
    (code) => {
      const cause = withCode(code)
      const error = connectionError(cause, ATTEMPT)
      expect(error).toMatchObject({ code: 'invalid_options', retryable: false, traceId: 'abc', path: ATTEMPT.path })
      expect(error.message).toBe(
        `Cannot load traces: page 1 of trace abc: the request cannot be sent (${code}): check the options headers and dispatcher`,
      )
      expect(error.cause).toBe(cause)
    },
  )

  it('connectionError() does not advise to ask again for what is too large', () => {
    expect(connectionError(new AnswerTooLarge(), ATTEMPT)).toMatchObject({ code: 'invalid_response', retryable: false })
  })
})
