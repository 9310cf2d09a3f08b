import type { Destination } from './destination.js'

/** Why a delivery failed, as far as the person who runs the program can act on it. */
export type FailureReason =
  | 'credentials'
  | 'address'
  | 'malformed'
  | 'too_large'
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

/** Thrown into the pipeline when an answer did not come in time. */
export class DeliveryTimeout extends Error {
  override readonly name = 'DeliveryTimeout'
}

/**
 * Says what a failed delivery means.
 *
 * @param error - What the OTLP exporter gave: its own error with a status code, or Node's with a `code`.
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
  // Narrowed by the look-ups below; errors are only convention in JavaScript.
  const { code, message } =
    error instanceof Error ? (error as Error & { code?: unknown }) : { code: undefined, message: '' }
  if (typeof code === 'number') return explainStatus(code, destination)
  if (typeof code === 'string') return explainNetwork(code, destination)
  // The OTLP exporter's own words for a socket that went silent.
  if (error instanceof DeliveryTimeout || message === 'Request timed out') return timedOut(destination)
  // It keeps no status of what it retried; it retries 429, 502, 503 and 504.
  if (message.includes('retryable status')) {
    const found = `it kept answering 429, 502, 503 or 504 for ${destination.timeoutMillis} ms`
    return { reason: 'unavailable', detail: '', found, advice: 'it is overloaded or restarting; try again later' }
  }
  const found = `the delivery failed (${error instanceof Error ? error.name : typeof error})`
  return { reason: 'unknown', detail: found, found, advice: 'set an OpenTelemetry diag logger to see more' }
}

function explainStatus(status: number, { name, addressSetting, credentialsSetting }: Destination): Explanation {
  const answered = (reason: FailureReason, advice: string, meaning = ''): Explanation => {
    return { reason, detail: String(status), found: `it answered ${status}${meaning}`, advice }
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
  if (status === 413) return answered('too_large', 'send fewer spans a request (maxBatchSpans)', ', request too large')
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
