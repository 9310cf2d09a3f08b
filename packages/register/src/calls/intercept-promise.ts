import { isPromise } from 'node:util/types'
import { beginCall } from './call-record.js'
import type { ModelOperation } from './model-operation.js'
import { observeIterator } from './observe-iterator.js'
import type { Intercept } from './wrap-method.js'

/**
 * Records a call that returns a plain promise: of a result, or of an async iterator of chunks.
 *
 * @param operation - What is called.
 */
export function interceptPromise(operation: ModelOperation): Intercept {
  return (call) => {
    const record = beginCall(operation, call)
    if (!record) return call.run()
    const { assemble } = operation
    const settle = (result: unknown): unknown => {
      if (assemble && isIterator(result)) return observeIterator(result, record, assemble(), () => false)
      record.finish(result)
      return result
    }
    const refuse = (error: unknown): never => {
      record.fail(error)
      throw error
    }
    try {
      const result = record.run(() => call.run())
      // Also one of another realm: of a `vm` context, in which test runners load modules.
      return isPromise(result) ? result.then(settle, refuse) : settle(result)
    } catch (error) {
      return refuse(error)
    }
  }
}

function isIterator(value: unknown): value is AsyncIterator<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Symbol.asyncIterator in value &&
    'next' in value &&
    typeof value.next === 'function'
  )
}
