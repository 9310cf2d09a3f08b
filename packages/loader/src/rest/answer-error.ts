import { LoaderError, type LoaderErrorCode } from '../loader-error.js'
import type { HttpAnswer } from './request.js'

/** What a request was part of, for messages. */
export interface Purpose {
  /** After "Cannot": `load traces`. */
  readonly task: string
  /** What answered: `page 3`. */
  readonly subject: string
  /** The one trace that was asked for, if it was one. */
  readonly traceId?: string
}

/** Whether sending the same request again may help. What is sent is the same when it is done twice. */
export function isRetryableStatus(status: number): boolean {
  return status === 408 || status === 429 || status >= 500
}

/**
 * Turns an answer that is no success into an error.
 *
 * @param answer - What came back.
 * @param purpose - What it was for.
 * @param path - The URL path, without the query: a filter may hold user ids.
 * @param attempts - How often it was sent.
 * @returns The error, to be thrown.
 */
export function answerError(answer: HttpAnswer, purpose: Purpose, path: string, attempts: number): LoaderError {
  const { status } = answer
  const serverMessage = readServerMessage(answer.body)
  const [code, advice] = classify(status, serverMessage, answer.header('location'))
  const times = attempts > 1 ? ` (${attempts} attempts)` : ''
  const quoted = serverMessage === undefined || code === 'unauthorized' ? '' : ` (server: ${serverMessage})`
  return new LoaderError(
    code,
    `Cannot ${purpose.task}: ${purpose.subject} answered ${status}${times}: ${advice}${quoted}`,
    {
      status,
      attempts,
      path,
      retryable: isRetryableStatus(status),
      ...(purpose.traceId === undefined ? {} : { traceId: purpose.traceId }),
    },
  )
}

function classify(
  status: number,
  message: string | undefined,
  location: string | undefined,
): [LoaderErrorCode, string] {
  if (status === 401) return ['unauthorized', 'check LANGFUSE_SECRET_KEY, LANGFUSE_PUBLIC_KEY and LANGFUSE_BASE_URL']
  if (status === 403)
    return ['forbidden', 'the key may not read this project; use a project key, not an organization key']
  if (status === 429) return ['rate_limited', 'wait, or set requestsPerMinute to what the plan allows']
  // The server's store gave up on the query; asking again for the same would end the same.
  if (status === 422)
    return ['unavailable', 'the query is too heavy for the server; ask for a shorter window or fewer traces']
  if (status === 408 || status >= 500) return ['unavailable', 'the server has trouble; try again later']
  if (status === 404 && /\bv4\b/i.test(message ?? '')) {
    return ['unsupported_server', 'this server does not offer the v4 read API; upgrade it to Langfuse 4']
  }
  if (status === 404)
    return ['not_found', 'no such endpoint; check LANGFUSE_BASE_URL, and that the server is Langfuse 4']
  if (status === 413) return ['bad_request', 'even a small part is larger than the server gives']
  if (status >= 400) return ['bad_request', 'the server does not accept the request; check the filters']
  const redirect = location === undefined ? '' : `, not a redirect to ${originOf(location)}`
  return ['invalid_response', `expected 200${redirect}; check LANGFUSE_BASE_URL`]
}

/**
 * Reads what the server says went wrong. Langfuse answers errors as `{ message, error }`, where both are text or, for a failed validation,
 * a list.
 *
 * @param body - The body of an answer.
 * @returns The message on one line of a length that fits a log; `undefined` if there is none.
 */
export function readServerMessage(body: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(body)
    if (typeof parsed !== 'object' || parsed === null || !('message' in parsed)) return undefined
    if (typeof parsed.message !== 'string') return undefined
    // One line, of a length that fits a log.
    const line = parsed.message.replace(/\s+/g, ' ').trim()
    return line.length > 200 ? `${line.slice(0, 200)}…` : line
  } catch {
    return undefined
  }
}

// The path and query of a login page may carry tokens.
function originOf(location: string): string {
  return URL.canParse(location) ? new URL(location).origin : 'another page'
}
