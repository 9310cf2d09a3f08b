import { type Tracer as OtelTracer, ProxyTracerProvider, type TracerProvider, trace } from '@opentelemetry/api'

/** What the API's own provider answers while no SDK is registered. */
const NONE: TracerProvider = new ProxyTracerProvider().getDelegate()

/**
 * Finds the SDK's tracer when a span starts, so that it does not matter whether the SDK was configured before or after, and keeps it for the
 * next span.
 */
export class SdkTracer {
  readonly #provider: TracerProvider | undefined
  readonly #name: string
  readonly #version: string | undefined
  #foundIn: TracerProvider | undefined
  #found: OtelTracer | undefined

  /**
   * @param name - Instrumentation scope.
   * @param version - Its version.
   * @param provider - The provider to use. Default: the one that is registered globally.
   */
  constructor(name: string, version: string | undefined, provider: TracerProvider | undefined) {
    this.#name = name
    this.#version = version
    this.#provider = provider
  }

  /** The provider that spans go to. @returns `undefined` while no SDK is configured. */
  provider(): TracerProvider | undefined {
    const provider = delegateOf(this.#provider ?? trace.getTracerProvider())
    return provider === NONE ? undefined : provider
  }

  /** The tracer that starts spans. @returns `undefined` while no SDK is configured. */
  tracer(): OtelTracer | undefined {
    const provider = this.provider()
    if (provider !== this.#foundIn) {
      // In this order: a provider that throws is asked again, and never answered for by the one before it.
      this.#found = provider?.getTracer(this.#name, this.#version)
      this.#foundIn = provider
    }
    return this.#found
  }
}

/** The API registers a proxy in front of the SDK's provider. */
function delegateOf(provider: TracerProvider): TracerProvider {
  // By shape, because the proxy may come from another copy of the API.
  const { getDelegate } = provider as Partial<ProxyTracerProvider>
  return typeof getDelegate === 'function' ? getDelegate.call(provider) : provider
}
