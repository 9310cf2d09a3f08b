import { LoaderError } from '../loader-error.js'
import type { Purpose } from './answer-error.js'
import type { HttpAnswer } from './request.js'

/**
 * Parses the body of a successful answer.
 *
 * @param answer - What came back.
 * @param purpose - What it was for.
 * @param path - The URL path.
 * @returns What the JSON says, unchecked.
 * @throws {LoaderError} `invalid_response` if it is no JSON: a login or error page, or a body that was cut off.
 */
export function parseAnswer(answer: HttpAnswer, purpose: Purpose, path: string): unknown {
  try {
    return JSON.parse(answer.body)
  } catch (cause) {
    // The parser's message quotes the text, which may be a prompt: it stays in `cause`.
    const html = /^\s*</.test(answer.body)
    const found = html ? 'is an HTML page' : 'is no complete JSON'
    const advice = html ? 'check LANGFUSE_BASE_URL and proxies' : 'try again'
    const traceId = purpose.traceId === undefined ? {} : { traceId: purpose.traceId }
    const message = `Cannot ${purpose.task}: ${purpose.subject} ${found}: ${advice}`
    throw new LoaderError('invalid_response', message, { status: answer.status, path, cause, ...traceId })
  }
}
