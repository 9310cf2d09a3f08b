import type { TracerProvider } from '@opentelemetry/api'
import { ProxyTracerProvider, trace } from './open-telemetry.js'

/** What the API's own provider answers while no SDK is registered. */
export const NO_SDK: TracerProvider = new ProxyTracerProvider().getDelegate()

/**
 * Finds the SDK's provider when it is needed, so that it does not matter whether the SDK was configured before or after.
 *
 * @param given - The provider to use. Default: the one that is registered globally.
 * @returns `undefined` while no SDK is configured.
 */
export function sdkProvider(given: TracerProvider | undefined): TracerProvider | undefined {
  const provider = given ?? trace.getTracerProvider()
  // The API registers a proxy in front of the SDK's. By shape, because it may come from another copy of the API.
  const delegate = (provider as Partial<ProxyTracerProvider>).getDelegate?.() ?? provider
  return delegate === NO_SDK ? undefined : delegate
}
