import { LoaderError, type LoaderErrorCode } from '../loader-error.js'
import { answerError, type Purpose, readServerMessage } from './answer-error.js'
import type { HttpAnswer } from './request.js'

/**
 * Turns an answer to a POST that is no success into an error. What a server says about reading and writing differs in advice only.
 *
 * @param answer - What came back.
 * @param purpose - What it was for.
 * @param path - The URL path.
 * @param attempts - How often it was sent.
 * @returns The error, to be thrown.
 */
export function writeError(answer: HttpAnswer, purpose: Purpose, path: string, attempts: number): LoaderError {
  const { status } = answer
  const verdict = classify(status)
  if (verdict === undefined) return answerError(answer, purpose, path, attempts)
  const [code, advice] = verdict
  const serverMessage = readServerMessage(answer.body)
  const quoted = serverMessage === undefined ? '' : ` (server: ${serverMessage})`
  const message = `Cannot ${purpose.task}: ${purpose.subject} answered ${status}: ${advice}${quoted}`
  return new LoaderError(code, message, { status, attempts, path })
}

function classify(status: number): [LoaderErrorCode, string] | undefined {
  switch (status) {
    case 403:
      return ['forbidden', 'the key may not write to this project, or its ingestion is suspended']
    case 404:
      return [
        'not_found',
        'what it belongs to is not there, or the server has no such endpoint; check LANGFUSE_BASE_URL',
      ]
    case 409:
      return ['bad_request', 'it is there already and belongs to something else']
    case 413:
      return ['bad_request', 'it is larger than the server takes']
    case 400:
    case 422:
      return ['bad_request', 'the server does not accept what was sent']
    default:
      return undefined
  }
}
