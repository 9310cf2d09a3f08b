import { expect, it } from 'vitest'
import { DeliveryTimeout, describeFailure } from './describe-failure.js'

const LANGFUSE = {
  name: 'Langfuse',
  origin: 'http://127.0.0.1:3000',
  addressSetting: 'LANGFUSE_BASE_URL',
  credentialsSetting: 'LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY',
  timeoutMillis: 250,
}

const coded = (code: unknown): Error =>
  Object.assign(new Error('prompt text and sk-secret'), { code, data: 'the body' })

it.each<[string, unknown, string, string]>([
  [
    '401',
    coded(401),
    'credentials',
    'Langfuse refused the credentials (401): check LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY',
  ],
  [
    '403',
    coded(403),
    'credentials',
    'Langfuse refused the credentials (403): check LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY',
  ],
  ['404', coded(404), 'address', 'it answered 404, no such endpoint: check LANGFUSE_BASE_URL'],
  ['405', coded(405), 'address', 'it answered 405, no such endpoint: check LANGFUSE_BASE_URL'],
  ['301', coded(301), 'address', 'it answered 301, a redirect: give LANGFUSE_BASE_URL the address it redirects to'],
  [
    '400',
    coded(400),
    'malformed',
    'it answered 400, bad request: is LANGFUSE_BASE_URL right and the server up to date?',
  ],
  ['413', coded(413), 'too_large', 'it answered 413, request too large: send fewer spans a request (maxBatchSpans)'],
  ['418', coded(418), 'status', 'it answered 418: check LANGFUSE_BASE_URL'],
  ['500', coded(500), 'server_error', 'it answered 500: look into the log of the server'],
  [
    'a refused connection',
    coded('ECONNREFUSED'),
    'unreachable',
    'the connection was refused: is it running, and is LANGFUSE_BASE_URL right?',
  ],
  [
    'an unknown host',
    coded('ENOTFOUND'),
    'unreachable',
    'there is no such host: is it running, and is LANGFUSE_BASE_URL right?',
  ],
  [
    'a closed connection',
    coded('ECONNRESET'),
    'unreachable',
    'the connection was closed before an answer came: is it running, and is LANGFUSE_BASE_URL right?',
  ],
  [
    'a bad certificate',
    coded('DEPTH_ZERO_SELF_SIGNED_CERT'),
    'tls',
    'no secure connection (DEPTH_ZERO_SELF_SIGNED_CERT): check the certificate, NODE_EXTRA_CA_CERTS, and http or https in LANGFUSE_BASE_URL',
  ],
  [
    'https to an http port',
    coded('EPROTO'),
    'tls',
    'no secure connection (EPROTO): check the certificate, NODE_EXTRA_CA_CERTS, and http or https in LANGFUSE_BASE_URL',
  ],
  ['another code', coded('EWHAT'), 'unknown', 'the connection failed (EWHAT): check LANGFUSE_BASE_URL'],
  [
    'our time-out',
    new DeliveryTimeout(),
    'timeout',
    'no answer within 250 ms: the server is slow or not the right one; timeoutMillis waits longer',
  ],
  [
    'a silent socket',
    new Error('Request timed out'),
    'timeout',
    'no answer within 250 ms: the server is slow or not the right one; timeoutMillis waits longer',
  ],
  [
    'a connect time-out',
    coded('ETIMEDOUT'),
    'timeout',
    'no answer within 250 ms: the server is slow or not the right one; timeoutMillis waits longer',
  ],
  [
    'retries that ran out',
    new Error('Export failed with retryable status'),
    'unavailable',
    'it kept answering 429, 502, 503 or 504 for 250 ms: it is overloaded or restarting; try again later',
  ],
  [
    'any other error',
    new TypeError('prompt text'),
    'unknown',
    'the delivery failed (TypeError): set an OpenTelemetry diag logger to see more',
  ],
  ['no error', undefined, 'unknown', 'the delivery failed (undefined): set an OpenTelemetry diag logger to see more'],
  [
    'a thrown text',
    'prompt text',
    'unknown',
    'the delivery failed (string): set an OpenTelemetry diag logger to see more',
  ],
])('describeFailure() tells %s', (_case, error, reason, explanation) => {
  const failure = describeFailure(error, LANGFUSE)
  expect(failure.reason).toBe(reason)
  expect(failure.message).toBe(`Cannot send spans to Langfuse at http://127.0.0.1:3000: ${explanation}`)
})

it('describeFailure() leaves out a place that has no address', () => {
  const { message } = describeFailure(coded('EPIPE'), { ...LANGFUSE, name: 'standard error', origin: undefined })
  expect(message).toBe(
    'Cannot send spans to standard error: the connection was closed before an answer came: is it running, and is LANGFUSE_BASE_URL right?',
  )
})
