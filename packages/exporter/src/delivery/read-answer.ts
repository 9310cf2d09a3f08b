import { readExportResponse } from '../encode/export-response.js'
import { member } from '../member.js'
import type { SendOutcome } from './batch-sender.js'
import { NotAnOtlpEndpoint, RefusedRequest, RejectedSpans } from './delivery-errors.js'
import { parseRetryAfter } from './parse-retry-after.js'

/** What of an HTTP answer matters. */
export interface HttpAnswer {
  readonly status: number
  readonly contentType: string | undefined
  readonly retryAfter: string | undefined
  readonly body: Buffer
}

/**
 * https://opentelemetry.io/docs/specs/otlp/#retryable-response-codes, and two that say of themselves that the same request may be taken later:
 * 408, the server has not waited for all of it, and 425, it came too early on a new connection (RFC 9110, RFC 8470).
 */
const RETRYABLE: ReadonlySet<number> = new Set([408, 425, 429, 502, 503, 504])

/**
 * Says what an answer means for the spans of the request.
 *
 * @param answer - The answer.
 * @param spanCount - How many spans the request held.
 * @param nowMillis - The present, in milliseconds since the epoch.
 */
export function readAnswer(answer: HttpAnswer, spanCount: number, nowMillis: number): SendOutcome {
  const { status } = answer
  if (status >= 200 && status < 300) {
    if (isWebPage(answer)) return { status: 'failed', error: new NotAnOtlpEndpoint(status) }
    const rejectedSpans = Math.min(countRejected(answer), spanCount)
    return rejectedSpans === spanCount
      ? { status: 'failed', error: new RejectedSpans() }
      : { status: 'sent', rejectedSpans }
  }
  if (status === 413) return { status: 'too_large', error: new RefusedRequest(status, false) }
  if (RETRYABLE.has(status)) {
    const afterMillis = parseRetryAfter(answer.retryAfter, nowMillis)
    return { status: 'retryable', error: new RefusedRequest(status, true), afterMillis }
  }
  const error = new RefusedRequest(status, false)
  // OTLP says not to try again. One batch among many must not be given up for a server's bad moment, nor the others in it for one bad span.
  if (status >= 500) return { status: 'doubtful', error }
  return { status: status === 400 || status === 422 ? 'refused' : 'failed', error }
}

// A wrong address often answers 200: whoever is there shows people a page. Everything else is taken for an acceptance, as OTLP says:
// Langfuse answers with the job it has queued, others with nothing at all.
function isWebPage({ contentType = '', body }: HttpAnswer): boolean {
  const beginning = body.toString('latin1', 0, 256)
  return /^\s*(text\/html|application\/xhtml)/i.test(contentType) || /^\s*<(!doctype|html)\b/i.test(beginning)
}

// https://opentelemetry.io/docs/specs/otlp/#partial-success-1, in the encoding of the request, as collectors do it, or in JSON, as Langfuse
// and many others do.
function countRejected({ contentType = '', body }: HttpAnswer): number {
  if (/^\s*application\/x-protobuf/i.test(contentType)) return readExportResponse(body)?.rejectedSpans ?? 0
  return countRejectedInJson(body.toString('utf8'))
}

// A 64 bit number is a string in protobuf's JSON, and some write a number.
function countRejectedInJson(body: string): number {
  const rejected = member(member(parse(body), 'partialSuccess'), 'rejectedSpans')
  const count = typeof rejected === 'string' && /^\d+$/.test(rejected) ? Number(rejected) : rejected
  return typeof count === 'number' && count > 0 ? Math.ceil(count) : 0
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
