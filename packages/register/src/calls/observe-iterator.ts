import { diag } from '@opentelemetry/api'
import type { CallRecord } from './call-record.js'
import type { StreamAssembly } from './model-operation.js'

/**
 * An iterator that gives what another gives, and records it.
 *
 * @param source - The library's iterator.
 * @param record - Ends when the iterator does: with its last chunk, when the reader leaves it, when it throws.
 * @param assembly - Takes the chunks.
 * @param isAborted - Asked at the end, because clients end an aborted stream as if it were complete.
 */
export function observeIterator(
  source: AsyncIterator<unknown>,
  record: CallRecord,
  assembly: StreamAssembly,
  isAborted: () => boolean,
): AsyncIterableIterator<unknown> {
  const take = (chunk: unknown): void => {
    try {
      if (assembly.add(chunk)) record.firstToken()
    } catch (error) {
      diag.error('@axion/register: cannot read a chunk of a stream', error)
    }
  }
  const finish = (cutShort: string | undefined): void => {
    if (cutShort !== undefined) record.warn(cutShort)
    record.finish(assembly.result())
  }
  const guard = async (step: Promise<IteratorResult<unknown>>): Promise<IteratorResult<unknown>> => {
    try {
      return await step
    } catch (error) {
      // What had come until then is worth keeping; the error ends the span.
      record.failWith(error, assembly.result())
      throw error
    }
  }
  return {
    async next(...args) {
      const result = await guard(source.next(...args))
      if (result.done) finish(isAborted() ? 'aborted by the application' : undefined)
      else take(result.value)
      return result
    },
    async return(value) {
      const result = source.return ? await guard(source.return(value)) : { done: true as const, value }
      finish('the application stopped reading')
      return result
    },
    async throw(error) {
      if (source.throw) return guard(source.throw(error))
      throw error
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
