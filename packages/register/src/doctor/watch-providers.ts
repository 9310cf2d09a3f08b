import { type Tracer, type TracerProvider, trace } from '@opentelemetry/api'
import { StandInProvider } from '../tracing/stand-in-provider.js'
import type { SpanKind } from './doctor-event.js'

/** What is heard of providers. */
export interface ProviderListener {
  /** A span starts. */
  span(kind: SpanKind): void
  /** A provider was not registered, because there is one. */
  refused(name: string): void
}

/**
 * Listens to what registers itself with OpenTelemetry, and to the spans that start there. Changes nothing of what they do.
 *
 * @param listener - Whom to tell.
 */
export function watchProviders(listener: ProviderListener): void {
  const register = trace.setGlobalTracerProvider.bind(trace)
  trace.setGlobalTracerProvider = (provider) => {
    const isRegistered = register(provider)
    if (!isRegistered) listener.refused(provider.constructor.name)
    // Spans of the stand-in start in the provider whose place it keeps.
    else if (!(provider instanceof StandInProvider)) watchTracers(provider, listener)
    return isRegistered
  }
}

function watchTracers(provider: TracerProvider, listener: ProviderListener): void {
  const getTracer = provider.getTracer.bind(provider)
  const watched = new WeakSet<Tracer>()
  provider.getTracer = (scope, ...rest) => {
    const tracer = getTracer(scope, ...rest)
    if (!watched.has(tracer)) watchSpans(tracer, scope, listener)
    watched.add(tracer)
    return tracer
  }
}

// `startActiveSpan` of the SDK calls `startSpan`.
function watchSpans(tracer: Tracer, scope: string, listener: ProviderListener): void {
  const startSpan = tracer.startSpan.bind(tracer)
  tracer.startSpan = (name, ...rest) => {
    listener.span({ scope, name })
    return startSpan(name, ...rest)
  }
}
