import { LoaderError } from '../loader-error.js'

/**
 * Tells whether an error says that one trace or session is not there. Langfuse says so of both in the same words; an endpoint that is
 * missing answers 404 with other words, or with none that can be read.
 *
 * @param error - What a request threw.
 * @returns Whether it does.
 */
export function isAbsent(error: unknown): boolean {
  return error instanceof LoaderError && error.status === 404 && error.message.includes('within authorized project')
}
