import { context } from '@opentelemetry/api'
import { hasOwner, withOwner } from '../../calls/call-owner.js'
import { onAbort } from '../../calls/on-abort.js'
import { classNameOf, fieldsOf, listOf, textOf } from '../../calls/read-fields.js'
import type { Intercept } from '../../calls/wrap-method.js'
import { RunHandler } from './run-handler.js'

// Loaded with the first run.

const handler = new RunHandler()

/** `CallbackManager._configureSync`: makes the callbacks of a run. */
export const configure: Intercept = (call) => {
  const manager = call.run()
  try {
    if (hasOwner(context.active()) && !handler.isInModel(context.active())) return manager
    return withHandler(manager, call.self)
  } catch {
    return manager
  }
}

/** `runWithConfig`: runs a tool, a lambda, a node. */
export const runWithConfig: Intercept = (call) => {
  const span = handler.spanOf(fieldsOf(fieldsOf(call.args[0]).callbacks)._parentRunId)
  return span ? context.with(span.context, () => call.run()) : call.run()
}

/** `_generateUncached`: asks a model. Its client makes no span of its own. */
export const generate: Intercept = (call) => {
  const at = handler.inModel(context.active())
  return context.with(withOwner(at), () => call.run())
}

/**
 * `_streamIterator`: asks a model for a stream. It begins with the first step, and tells nobody when its reader leaves. Of an abort it tells only if it is asked for
 * another step, which depends on who is faster.
 */
export const streamIterator: Intercept = (call) => {
  const at = handler.inModel(context.active())
  const inside = withOwner(at)
  const source = context.with(inside, () => call.run()) as AsyncGenerator<unknown>
  const { next, return: leave } = source
  let written = ''
  let isOver = false
  onAbort(fieldsOf(call.args[1]).signal, {
    isOver: () => isOver,
    abort: () => handler.leave(at, written, 'aborted by the application'),
  })
  // On the generator itself, which stays what it is.
  source.next = async (...args) => {
    try {
      const step: IteratorResult<unknown> = await context.with(inside, () => Reflect.apply(next, source, args))
      written += textOf(fieldsOf(step.value).content) ?? ''
      isOver = step.done === true
      return step
    } catch (error) {
      isOver = true
      throw error
    }
  }
  source.return = async (value) => {
    const result = await context.with(inside, () => Reflect.apply(leave, source, [value]))
    isOver = true
    handler.leave(at, written, 'the application stopped reading')
    return result
  }
  return source
}

/** Parts of LangChain's `CallbackManager`. */
interface Manager {
  readonly handlers: readonly unknown[]
  addHandler(handler: unknown, inherit: boolean): void
}

function withHandler(configured: unknown, CallbackManager: unknown): unknown {
  // There is none where nobody has callbacks; the class is the one whose static method this is.
  const manager = (configured ?? new (CallbackManager as new () => Manager)()) as Manager
  if (!listOf(manager.handlers).some(isTracing)) manager.addHandler(handler, true)
  return manager
}

/** Ours, or another one that makes spans of runs: two would be two generations for one call. */
function isTracing(other: unknown): boolean {
  if (other === handler) return true
  const { name } = fieldsOf(other)
  return name === 'CallbackHandler' || /langfuse|openinference|traceloop/i.test(`${String(name)} ${classNameOf(other)}`)
}
