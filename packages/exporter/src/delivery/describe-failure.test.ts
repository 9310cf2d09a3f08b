import { expect, it } from 'vitest'
import { DeliveryTimeout, NotAnOtlpEndpoint, RefusedRequest, RejectedSpans } from './delivery-errors.js'
import { describeFailure } from './describe-failure.js'

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
    new RefusedRequest(401, false),
    'credentials',
    'Langfuse refused the credentials (401): check LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY',
  ],
  [
    '403',
    new RefusedRequest(403, false),
    'credentials',
    'Langfuse refused the credentials (403): check LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY',
  ],
  ['404', new RefusedRequest(404, false), 'address', 'it answered 404, no such endpoint: check LANGFUSE_BASE_URL'],
  ['405', new RefusedRequest(405, false), 'address', 'it answered 405, no such endpoint: check LANGFUSE_BASE_URL'],
  [
    '301',
    new RefusedRequest(301, false),
    'address',
    'it answered 301, a redirect: give LANGFUSE_BASE_URL the address it redirects to',
  ],
  [
    '400',
    new RefusedRequest(400, false),
    'malformed',
    'it answered 400, bad request: is LANGFUSE_BASE_URL right and the server up to date?',
  ],
  [
    '413',
    new RefusedRequest(413, false),
    'too_large',
    'it answered 413, a single span is too large: put less into the span, or raise the limit of the server',
  ],
  ['418', new RefusedRequest(418, false), 'status', 'it answered 418: check LANGFUSE_BASE_URL'],
  ['500', new RefusedRequest(500, false), 'server_error', 'it answered 500: look into the log of the server'],
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
    'a web page',
    new NotAnOtlpEndpoint(200),
    'address',
    'it answered 200 with a web page, so it is not the API: check LANGFUSE_BASE_URL',
  ],
  [
    'rejected spans',
    new RejectedSpans(),
    'rejected',
    'it took a request and rejected spans in it: look into the log of the server',
  ],
  [
    'a connect time-out',
    coded('ETIMEDOUT'),
    'timeout',
    'no answer within 250 ms: the server is slow or not the right one; timeoutMillis waits longer',
  ],
  ['a busy server', new RefusedRequest(503, true), 'unavailable', 'it answered 503: it is overloaded or restarting'],
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
