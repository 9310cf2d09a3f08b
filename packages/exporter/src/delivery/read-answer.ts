import { NotAnOtlpEndpoint, RefusedRequest, RejectedSpans } from './delivery-errors.js'
import { parseRetryAfter } from './parse-retry-after.js'
import type { SendOutcome } from './span-sender.js'

/** What of an HTTP answer matters. */
export interface HttpAnswer {
  readonly status: number
  readonly contentType: string | undefined
  readonly retryAfter: string | undefined
  readonly body: string
}

/** What became of one request: as of a delivery, or worth another try. */
export type AttemptOutcome =
  | SendOutcome
  | { readonly status: 'retryable'; readonly error: unknown; readonly afterMillis: number | undefined }

/** https://opentelemetry.io/docs/specs/otlp/#retryable-response-codes */
const RETRYABLE: ReadonlySet<number> = new Set([429, 502, 503, 504])

/**
 * Says what an answer means for the spans of the request.
 *
 * @param answer - The answer.
 * @param spanCount - How many spans the request held.
 * @param nowMillis - The present, in milliseconds since the epoch.
 */
export function readAnswer(answer: HttpAnswer, spanCount: number, nowMillis: number): AttemptOutcome {
  const { status } = answer
  if (status >= 200 && status < 300) {
    if (isWebPage(answer)) return { status: 'failed', error: new NotAnOtlpEndpoint(status) }
    const rejectedSpans = Math.min(countRejected(answer.body), spanCount)
    return rejectedSpans === spanCount
      ? { status: 'failed', error: new RejectedSpans() }
      : { status: 'sent', rejectedSpans }
  }
  if (status === 413) return { status: 'too_large', error: new RefusedRequest(status, false) }
  if (RETRYABLE.has(status)) {
    const afterMillis = parseRetryAfter(answer.retryAfter, nowMillis)
    return { status: 'retryable', error: new RefusedRequest(status, true), afterMillis }
  }
  return { status: 'failed', error: new RefusedRequest(status, false) }
}

// A wrong address often answers 200: whoever is there shows people a page. Everything else is taken for an acceptance, as OTLP says:
// Langfuse answers with the job it has queued, others with nothing at all.
function isWebPage({ contentType = '', body }: HttpAnswer): boolean {
  return /^\s*(text\/html|application\/xhtml)/i.test(contentType) || /^\s*<(!doctype|html)\b/i.test(body)
}

// https://opentelemetry.io/docs/specs/otlp/#partial-success-1; a 64 bit number is a string in protobuf's JSON, and some write a number.
function countRejected(body: string): number {
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

function member(value: unknown, key: string): unknown {
  // An object has members, whatever they are.
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
}
