import { type Tracer, type TracerProvider, trace } from '@opentelemetry/api'
import { StandInProvider } from '../tracing/stand-in-provider.js'
import type { SpanKind } from './doctor-event.js'

/**
 * Listens to what registers itself with OpenTelemetry, and to the spans that start there. Changes nothing of what they do.
 *
 * @param onSpan - Told of each span that starts.
 * @returns Those that were refused because there was one, and not taken later either; to be read when the process ends.
 */
export function watchProviders(onSpan: SpanListener): ReadonlySet<TracerProvider> {
  const refused = new Set<TracerProvider>()
  const register = trace.setGlobalTracerProvider.bind(trace)
  trace.setGlobalTracerProvider = (provider) => {
    const isRegistered = register(provider)
    if (isRegistered) refused.delete(provider)
    else refused.add(provider)
    // Spans of the stand-in start in the provider whose place it keeps.
    if (isRegistered && !(provider instanceof StandInProvider)) watchTracers(provider, onSpan)
    return isRegistered
  }
  return refused
}

type SpanListener = (kind: SpanKind) => void

function watchTracers(provider: TracerProvider, onSpan: SpanListener): void {
  const getTracer = provider.getTracer.bind(provider)
  const watched = new WeakSet<Tracer>()
  provider.getTracer = (scope, ...rest) => {
    const tracer = getTracer(scope, ...rest)
    if (!watched.has(tracer)) watchSpans(tracer, scope, onSpan)
    watched.add(tracer)
    return tracer
  }
}

// `startActiveSpan` of the SDK calls `startSpan`.
function watchSpans(tracer: Tracer, scope: string, onSpan: SpanListener): void {
  const startSpan = tracer.startSpan.bind(tracer)
  tracer.startSpan = (name, ...rest) => {
    onSpan({ scope, name })
    return startSpan(name, ...rest)
  }
}
