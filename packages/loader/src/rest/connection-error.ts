import { LoaderError } from '../loader-error.js'
import type { Purpose } from './answer-error.js'
import { AnswerTooLarge, AttemptTimeout } from './request.js'

/** Where and how often it was tried. */
export interface FailedAttempt {
  readonly purpose: Purpose
  /** Scheme, host and port. */
  readonly origin: string
  readonly path: string
  readonly attempts: number
  readonly timeoutMillis: number
}

/**
 * Turns what undici or Node threw into an error.
 *
 * @param cause - What was thrown.
 * @param attempt - Where and how often it was tried.
 * @returns The error, to be thrown; `retryable` says whether the connection may be tried again.
 */
export function connectionError(cause: unknown, attempt: FailedAttempt): LoaderError {
  const { purpose, origin, path, attempts } = attempt
  const details = { cause, path, attempts, ...(purpose.traceId === undefined ? {} : { traceId: purpose.traceId }) }
  const prefix = `Cannot ${purpose.task}: ${purpose.subject}`
  if (cause instanceof AnswerTooLarge) {
    return new LoaderError(
      'invalid_response',
      `${prefix} is larger than 256 MiB: ask for fewer or smaller traces`,
      details,
    )
  }
  const code = codeOf(cause)
  if (code !== undefined && UNSENDABLE.has(code)) {
    const message = `${prefix}: the request cannot be sent (${code}): check the options headers and dispatcher`
    return new LoaderError('invalid_options', message, details)
  }
  const times = attempts > 1 ? ` (${attempts} attempts)` : ''
  const { found, advice, retryable } = describe(cause, attempt)
  const message = `${prefix}: ${origin} ${found}${times}: ${advice}`
  return new LoaderError('unavailable', message, { ...details, retryable: retryable ?? true })
}

// Codes of undici 7 for a request that it refuses to build: the caller's doing, and nothing was sent.
const UNSENDABLE: ReadonlySet<string> = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED'])

interface Description {
  /** What the server or the way to it did, following its origin: `refused the connection`. */
  readonly found: string
  readonly advice: string
  /** `false` where asking again cannot help: a wrong protocol, an untrusted certificate. @default true */
  readonly retryable?: boolean
}

function describe(cause: unknown, attempt: FailedAttempt): Description {
  if (cause instanceof AttemptTimeout) {
    const advice = 'raise timeoutMillis or ask for a shorter window'
    return { found: `did not answer within ${attempt.timeoutMillis} ms`, advice }
  }
  const code = codeOf(cause) ?? (cause instanceof Error ? cause.name : 'no reason given')
  // Codes of Node (libuv, OpenSSL) and undici 7.
  switch (code) {
    case 'ECONNREFUSED':
      return { found: 'refused the connection', advice: 'is the server running there? Check LANGFUSE_BASE_URL' }
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return { found: 'is a name that cannot be resolved', advice: 'check LANGFUSE_BASE_URL and the network' }
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return { found: `cannot be reached (${code})`, advice: 'check LANGFUSE_BASE_URL, proxies and firewalls' }
    case 'HTTPParserError':
      return { found: 'does not speak HTTP', advice: 'check the port in LANGFUSE_BASE_URL', retryable: false }
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return {
        found: 'does not speak TLS',
        advice: 'is it http:// and not https://? Check LANGFUSE_BASE_URL',
        retryable: false,
      }
    default:
      // zlib's and Brotli's, of an answer that is compressed wrongly or was cut off.
      if (/^(?:Z_|ERR__ERROR_|ERR_BROTLI)/.test(code))
        return {
          found: `sent an answer that cannot be decompressed (${code})`,
          advice: 'try again later; check proxies',
        }
      // OpenSSL's verification results have no common prefix: CERT_HAS_EXPIRED, SELF_SIGNED_CERT_IN_CHAIN, UNABLE_TO_VERIFY_LEAF_SIGNATURE …
      return /CERT|UNABLE_TO_|ERR_TLS/.test(code)
        ? {
            found: `has a certificate that is not trusted (${code})`,
            advice: 'see NODE_EXTRA_CA_CERTS',
            retryable: false,
          }
        : { found: `broke the connection (${code})`, advice: 'try again later' }
  }
}

// Several addresses of one host fail together as an AggregateError; the first one speaks for all.
function codeOf(cause: unknown): string | undefined {
  if (typeof cause !== 'object' || cause === null) return undefined
  if ('code' in cause && typeof cause.code === 'string') return cause.code
  if (cause instanceof AggregateError) return codeOf(cause.errors[0])
  return cause instanceof Error ? codeOf(cause.cause) : undefined
}
