import { context, createContextKey, ROOT_CONTEXT } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { processSlot } from '../process-slot.js'

/**
 * Makes sure that context follows async calls; without it no span finds its parent, in an isolated provider either.
 *
 * @returns Gives the context manager up; it goes when the last tracing that needs it does, and only if it was ours.
 */
export function registerContext(): () => void {
  const slot = processSlot()
  if (!slot.context) {
    if (isContextKept()) return () => {}
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
    slot.context = { users: 0 }
  }
  slot.context.users++
  return () => {
    if (!slot.context || --slot.context.users > 0) return
    delete slot.context
    context.disable()
  }
}

// Tried out rather than asked for: the API has no question for it, and logs an error when a second manager is set.
function isContextKept(): boolean {
  const probe = createContextKey('axion.context-probe')
  return context.with(ROOT_CONTEXT.setValue(probe, true), () => context.active().getValue(probe) === true)
}
