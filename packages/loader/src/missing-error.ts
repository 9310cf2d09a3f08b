import { LoaderError } from './loader-error.js'

/**
 * Makes the error for a trace that is not there.
 *
 * @param traceId - Its id.
 * @returns The error, to be thrown.
 */
export function missingTrace(traceId: string): LoaderError {
  const whole = /^[0-9a-f]{1,31}$/i.test(traceId) ? ` (it has ${traceId.length} digits, a whole one 32)` : ''
  const message = `Cannot load trace ${traceId}: the project has no observation of it: check the id${whole}, or flush and wait some seconds`
  return new LoaderError('not_found', message, { traceId })
}

/**
 * Makes the error for a session that is not there.
 *
 * @param sessionId - Its id.
 * @returns The error, to be thrown.
 */
export function missingSession(sessionId: string): LoaderError {
  const message = `Cannot load session ${JSON.stringify(sessionId)}: no observation carries its id: check the id, or flush and wait`
  return new LoaderError('not_found', message)
}
