import { diag } from '@opentelemetry/api'
import type { CallRecord } from './call-record.js'
import type { StreamAssembly } from './model-operation.js'
import { replaceMethod } from './replace-method.js'

/**
 * Looks on as an iterator is read, and records it. The iterator stays the one that the library made, with all else that it can do
 * (`Symbol.asyncDispose`, for one): only its steps are replaced.
 *
 * @param source - The library's iterator.
 * @param record - Ends when the iterator does: with its last chunk, when the reader leaves it, when it throws.
 * @param assembly - Takes the chunks. What it throws is reported, and changes nothing for the reader.
 * @param isAborted - Asked at the end, because clients end an aborted stream as if it were complete.
 * @returns The same iterator. One that cannot be changed goes unread, and its record ends.
 */
export function observeIterator<T extends AsyncIterator<unknown>>(
  source: T,
  record: CallRecord,
  assembly: StreamAssembly,
  isAborted: () => boolean,
): T {
  let isOver = false
  const end = (cutShort?: string): void => {
    if (isOver) return
    isOver = true
    if (cutShort !== undefined) record.warn(cutShort)
    record.finish(guarded(() => assembly.result()))
  }
  const leave = (): void => end('the application stopped reading')
  const looks: Readonly<Record<Step, (step: IteratorResult<unknown>) => void>> = {
    next: ({ done, value }) => {
      if (done === true) end(guarded(isAborted) === true ? 'aborted by the application' : undefined)
      else if (guarded(() => assembly.add(value)) === true) record.firstToken()
    },
    return: leave,
    throw: ({ done }) => {
      if (done === true) leave()
    },
  }
  const fail = (error: unknown): void => {
    isOver = true
    // What had come until then is worth keeping; the error ends the span.
    record.failWith(
      error,
      guarded(() => assembly.result()),
    )
  }
  try {
    replaceSteps(source, looks, fail)
  } catch {
    record.end()
  }
  return source
}

type Step = 'next' | 'return' | 'throw'

function replaceSteps(
  source: AsyncIterator<unknown>,
  looks: Readonly<Record<Step, (step: IteratorResult<unknown>) => void>>,
  fail: (error: unknown) => void,
): void {
  const { next, return: leave = leaveAtOnce, throw: raise } = source
  const steps = { next, return: leave, throw: raise }
  for (const name of ['next', 'return', 'throw'] as const) {
    const step: unknown = steps[name]
    if (typeof step !== 'function') continue
    const observed = async (args: readonly unknown[]): Promise<IteratorResult<unknown>> => {
      let result: IteratorResult<unknown>
      try {
        result = await Reflect.apply(step, source, args)
      } catch (error) {
        fail(error)
        throw error
      }
      guarded(() => looks[name](result))
      return result
    }
    replaceMethod(source, name, (...args) => observed(args))
  }
}

/** Readers tell of leaving only where there is something to tell. */
async function leaveAtOnce(value?: unknown): Promise<IteratorResult<unknown>> {
  return { done: true, value }
}

function guarded<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch (error) {
    diag.error('@axion/register: cannot read a stream', error)
    return undefined
  }
}
