import type { Tracer as OtelTracer, TracerProvider } from '@opentelemetry/api'
import { ProxyTracerProvider, trace } from './open-telemetry.js'

/** The SDK, found when it is needed. */
export interface SdkTracer {
  /** The provider that spans go to. @returns `undefined` while no SDK is configured. */
  provider(): TracerProvider | undefined
  /** The tracer that starts spans. @returns `undefined` while no SDK is configured. */
  tracer(): OtelTracer | undefined
}

/** What the API's own provider answers while no SDK is registered. */
export const NO_SDK: TracerProvider = new ProxyTracerProvider().getDelegate()

/**
 * Finds the SDK's tracer when a span starts, so that it does not matter whether the SDK was configured before or after, and keeps it for the
 * next span.
 *
 * @param name - Instrumentation scope.
 * @param version - Its version.
 * @param given - The provider to use. Default: the one that is registered globally.
 */
export function sdkTracer(name: string, version: string, given: TracerProvider | undefined): SdkTracer {
  let foundIn: TracerProvider | undefined
  let found: OtelTracer | undefined
  const provider = (): TracerProvider | undefined => {
    const registered = delegateOf(given ?? trace.getTracerProvider())
    return registered === NO_SDK ? undefined : registered
  }
  const tracer = (): OtelTracer | undefined => {
    const current = provider()
    if (current !== foundIn) {
      // In this order: a provider that throws is asked again, and never answered for by the one before it.
      found = current?.getTracer(name, version)
      foundIn = current
    }
    return found
  }
  return { provider, tracer }
}

/** The API registers a proxy in front of the SDK's provider. */
function delegateOf(provider: TracerProvider): TracerProvider {
  // By shape, because the proxy may come from another copy of the API.
  return (provider as Partial<ProxyTracerProvider>).getDelegate?.() ?? provider
}
