import { context } from '../open-telemetry.js'
import type { Span } from '../span.js'
import { failSpan } from './fail-span.js'
import type { Method } from './wrap-methods.js'

type Settle = (value: unknown) => unknown

/**
 * Watches the other ways to await a request of OpenAI's and Anthropic's SDKs, which do not go through `then`.
 *
 * Source: `APIPromise` of openai 4–7 and @anthropic-ai/sdk: `asResponse()` gives the raw response, `withResponse()` it and the parsed answer.
 *
 * @param span - Active while they run.
 * @param settled - Takes what the request resolved to; gives what the caller shall have in its place. A raw response's body belongs to whoever
 *   asked for it, so that one ends without an output.
 * @returns What wraps these methods.
 */
export function watchRequest(span: Span, settled: Settle): Record<string, (method: Method) => Method> {
  // `withResponse` calls `asResponse`, and ends with the answer and not with that.
  let isNested = false
  const watched =
    (resolved: Settle) =>
    (method: Method): Method =>
    (...args) => {
      if (isNested) return method(...args)
      isNested = true
      try {
        const answer = context.with(span.context, method, undefined, ...args)
        return answer instanceof Promise ? answer.then(resolved, (error) => failSpan(span, error)) : answer
      } finally {
        isNested = false
      }
    }
  return {
    asResponse: watched((response) => {
      settled(undefined)
      return response
    }),
    withResponse: watched((both) => {
      // `{ data, response, request_id }`.
      const { data } = both as { data: unknown }
      const result = settled(data)
      return result === data ? both : { ...(both as object), data: result }
    }),
  }
}
