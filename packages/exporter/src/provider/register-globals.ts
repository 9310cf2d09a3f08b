import { enableBaggage } from '@axion/core/baggage'
import { ProxyTracerProvider, propagation, type TracerProvider, trace } from '@opentelemetry/api'
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core'
import { dismissStandIn } from './dismiss-stand-in.js'
import { registerContext } from './register-context.js'

/**
 * Makes a provider the process's: tracers, context that follows async calls, W3C trace context and baggage over the wire, and the fields of
 * a trace in that baggage where `withTraceContext` is asked to.
 *
 * @param provider - The provider.
 * @returns Takes out of the globals what was put there, and nothing else; undefined when somebody else's provider is there.
 */
export function registerGlobals(provider: TracerProvider): (() => void) | undefined {
  dismissStandIn()
  // Asking is the only way the API offers to find out whether somebody was there first.
  if (!trace.setGlobalTracerProvider(provider)) return undefined
  const releaseContext = registerContext()
  const propagator = new CompositePropagator({
    propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()],
  })
  const ownsPropagation = propagation.setGlobalPropagator(propagator)
  enableBaggage()
  return () => {
    // Somebody may have put their own there since.
    if (isGlobal(provider)) trace.disable()
    releaseContext()
    if (ownsPropagation) propagation.disable()
  }
}

function isGlobal(provider: TracerProvider): boolean {
  const current = trace.getTracerProvider()
  return current instanceof ProxyTracerProvider && current.getDelegate() === provider
}
