import { context } from '@opentelemetry/api'
import type { Span } from '../span.js'
import type { Outcome } from './settle-thenable.js'

/**
 * Watches the other ways to await a request of OpenAI's and Anthropic's SDKs, which do not go through `then`.
 *
 * Source: `APIPromise` of openai 4–7 and @anthropic-ai/sdk: `asResponse()` gives the raw response, `withResponse()` it and the parsed answer.
 *
 * @param request - The thenable that may have them.
 * @param span - Active while they run.
 * @param outcome - Gets what they come to. A raw response's body belongs to whoever asked for it, so that one ends without an output.
 * @returns The methods that take their place; none for other thenables.
 */
export function watchRequest(request: object, span: Span, { resolved, rejected }: Outcome): Record<string, unknown> {
  // `withResponse` calls `asResponse`, and ends with the answer and not with that.
  let isNested = false
  const watch = (name: string, settled: (value: unknown) => unknown): Record<string, unknown> => {
    const method = (request as Record<string, unknown>)[name]
    if (typeof method !== 'function') return {}
    const watched = (...args: unknown[]): unknown => {
      if (isNested) return method.apply(request, args)
      isNested = true
      let answer: unknown
      try {
        answer = context.with(span.context, () => method.apply(request, args))
      } finally {
        isNested = false
      }
      if (!(answer instanceof Promise)) return answer
      return answer.then(settled, (error) => {
        rejected(error)
        throw error
      })
    }
    return { [name]: watched }
  }
  return {
    ...watch('asResponse', (response) => {
      resolved(undefined)
      return response
    }),
    ...watch('withResponse', (both) => {
      // `{ data, response, request_id }`.
      const { data } = both as { data: unknown }
      const result = resolved(data)
      return result === data ? both : { ...(both as object), data: result }
    }),
  }
}
