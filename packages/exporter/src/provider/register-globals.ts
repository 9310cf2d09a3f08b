import {
  context,
  createContextKey,
  ProxyTracerProvider,
  propagation,
  ROOT_CONTEXT,
  type TracerProvider,
  trace,
} from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core'

/** What was put into OpenTelemetry's globals. */
export interface Registration {
  /** False when the process has a tracer provider of somebody else. */
  readonly isGlobal: boolean
  /** Takes out of the globals what was put there, and nothing else. */
  undo(): void
}

/**
 * Makes a provider the process's: tracers, context that follows async calls, W3C trace context and baggage over the wire.
 *
 * @param provider - The provider.
 */
export function registerGlobals(provider: TracerProvider): Registration {
  // Asking is the only way the API offers to find out whether somebody was there first.
  if (!trace.setGlobalTracerProvider(provider)) return { isGlobal: false, undo: () => {} }
  const { undo: undoContext } = registerContext()
  const propagator = new CompositePropagator({
    propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()],
  })
  const ownsPropagation = propagation.setGlobalPropagator(propagator)
  return {
    isGlobal: true,
    undo: () => {
      // Somebody may have put their own there since.
      if (isGlobal(provider)) trace.disable()
      undoContext()
      if (ownsPropagation) propagation.disable()
    },
  }
}

/**
 * Makes sure that context follows async calls; without it no span finds its parent, in an isolated provider either.
 *
 * @returns A registration that is never global: context belongs to no provider.
 */
export function registerContext(): Registration {
  if (isContextKept()) return { isGlobal: false, undo: () => {} }
  const manager = new AsyncLocalStorageContextManager().enable()
  context.setGlobalContextManager(manager)
  return { isGlobal: false, undo: () => context.disable() }
}

function isGlobal(provider: TracerProvider): boolean {
  const current = trace.getTracerProvider()
  return current instanceof ProxyTracerProvider && current.getDelegate() === provider
}

// Tried out rather than asked for: the API has no question for it, and logs an error when a second manager is set.
function isContextKept(): boolean {
  const probe = createContextKey('axion.context-probe')
  return context.with(ROOT_CONTEXT.setValue(probe, true), () => context.active().getValue(probe) === true)
}
