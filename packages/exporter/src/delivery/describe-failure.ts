import { DeliveryTimeout, NotAnOtlpEndpoint, RefusedRequest, RejectedSpans } from './delivery-errors.js'
import type { Destination } from './destination.js'

/** Why a delivery failed, as far as the person who runs the program can act on it. */
export type FailureReason =
  | 'credentials'
  | 'address'
  | 'malformed'
  | 'too_large'
  | 'rejected'
  | 'unavailable'
  | 'server_error'
  | 'timeout'
  | 'unreachable'
  | 'tls'
  | 'status'
  | 'unknown'

/** A failure, told apart and told to people. */
export interface Failure {
  readonly reason: FailureReason
  /** Distinguishes failures of one reason that deserve a line each. */
  readonly detail: string
  /** One line, without a secret and without anything from a request or a response body. */
  readonly message: string
}

/**
 * Says what a failed delivery means.
 *
 * @param error - One of `delivery-errors.ts`, or Node's with a `code`.
 * @param destination - Where the delivery went.
 */
export function describeFailure(error: unknown, destination: Destination): Failure {
  const { name, origin } = destination
  const { reason, detail, found, advice } = explain(error, destination)
  const place = origin === undefined ? name : `${name} at ${origin}`
  return { reason, detail, message: `Cannot send spans to ${place}: ${found}: ${advice}` }
}

interface Explanation {
  readonly reason: FailureReason
  readonly detail: string
  readonly found: string
  readonly advice: string
}

function explain(error: unknown, destination: Destination): Explanation {
  if (error instanceof RefusedRequest) return explainStatus(error, destination)
  if (error instanceof NotAnOtlpEndpoint) {
    const found = `it answered ${error.status} with a web page, so it is not the API`
    return { reason: 'address', detail: 'page', found, advice: `check ${destination.addressSetting}` }
  }
  if (error instanceof RejectedSpans) {
    const found = 'it took a request and rejected spans in it'
    return { reason: 'rejected', detail: '', found, advice: 'look into the log of the server' }
  }
  if (error instanceof DeliveryTimeout) return timedOut(destination)
  // Errors are only convention in JavaScript, and only Node's have a code.
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    return explainNetwork(error.code, destination)
  }
  const found = `the delivery failed (${error instanceof Error ? error.name : typeof error})`
  return { reason: 'unknown', detail: found, found, advice: 'set an OpenTelemetry diag logger to see more' }
}

function explainStatus({ status, retryable }: RefusedRequest, destination: Destination): Explanation {
  const { name, addressSetting, credentialsSetting } = destination
  const answered = (reason: FailureReason, advice: string, meaning = ''): Explanation => {
    return { reason, detail: String(status), found: `it answered ${status}${meaning}`, advice }
  }
  if (retryable) {
    const found = `it answered ${status}`
    return { reason: 'unavailable', detail: String(status), found, advice: 'it is overloaded or restarting' }
  }
  if (status === 401 || status === 403) {
    return {
      reason: 'credentials',
      detail: String(status),
      found: `${name} refused the credentials (${status})`,
      advice: `check ${credentialsSetting}`,
    }
  }
  if (status === 404 || status === 405) return answered('address', `check ${addressSetting}`, ', no such endpoint')
  if (status === 400)
    return answered('malformed', `is ${addressSetting} right and the server up to date?`, ', bad request')
  // Batches were halved, and the span was cut, down to it.
  if (status === 413)
    return answered(
      'too_large',
      'put less into the span, or raise the limit of the server',
      ', a single span is too large',
    )
  if (status >= 300 && status < 400) {
    return answered('address', `give ${addressSetting} the address it redirects to`, ', a redirect')
  }
  if (status >= 500) return answered('server_error', 'look into the log of the server')
  return answered('status', `check ${addressSetting}`)
}

function explainNetwork(code: string, destination: Destination): Explanation {
  const { addressSetting } = destination
  if (code === 'ETIMEDOUT') return timedOut(destination)
  const unreachable = UNREACHABLE[code]
  if (unreachable) {
    return {
      reason: 'unreachable',
      detail: code,
      found: unreachable,
      advice: `is it running, and is ${addressSetting} right?`,
    }
  }
  // Node's and OpenSSL's codes: https://nodejs.org/api/errors.html and https://nodejs.org/api/tls.html#x509-certificate-error-codes
  if (/^(ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|EPROTO$)/.test(code)) {
    const advice = `check the certificate, NODE_EXTRA_CA_CERTS, and http or https in ${addressSetting}`
    return { reason: 'tls', detail: code, found: `no secure connection (${code})`, advice }
  }
  return {
    reason: 'unknown',
    detail: code,
    found: `the connection failed (${code})`,
    advice: `check ${addressSetting}`,
  }
}

// https://nodejs.org/api/errors.html#common-system-errors
const UNREACHABLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was closed before an answer came',
  EPIPE: 'the connection was closed before an answer came',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the host name could not be looked up',
  ENETUNREACH: 'the network is unreachable',
  EHOSTUNREACH: 'the host is unreachable',
}

function timedOut({ timeoutMillis }: Destination): Explanation {
  const found = `no answer within ${timeoutMillis} ms`
  return {
    reason: 'timeout',
    detail: '',
    found,
    advice: 'the server is slow or not the right one; timeoutMillis waits longer',
  }
}
