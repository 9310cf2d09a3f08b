import {
  type Context,
  ProxyTracerProvider,
  type Span,
  type SpanOptions,
  type Tracer,
  type TracerOptions,
  type TracerProvider,
  trace,
} from '@opentelemetry/api'

/** By which the exporter knows a stand-in, and asks it to give way to what the application configures itself. */
const GIVE_WAY = Symbol.for('axion.stand-in')

/**
 * A tracer provider that is set up when the first of its tracers starts a span. Loading an SDK takes three times as long as everything that is
 * needed before.
 */
export class StandInProvider implements TracerProvider {
  #setUp: (() => boolean) | undefined

  /**
   * @param setUp - Registers the real provider, and says whether it could. Called until it can, and not at all when another one comes first.
   * @param leave - Takes this one out of the globals.
   */
  constructor(setUp: () => boolean, leave: () => void) {
    this.#setUp = setUp
    const giveWay = (): void => {
      this.#setUp = undefined
      leave()
    }
    Object.defineProperty(this, GIVE_WAY, { value: giveWay })
  }

  getTracer(name: string, version?: string, options?: TracerOptions): Tracer {
    let real: Tracer | undefined
    const tracer = (): Tracer => {
      real ??= this.#provider()?.getTracer(name, version, options)
      return real ?? NOBODY.getTracer(name)
    }
    return {
      startSpan: (spanName: string, spanOptions?: SpanOptions, at?: Context): Span =>
        tracer().startSpan(spanName, spanOptions, at),
      // The overloads of both are the same.
      startActiveSpan: ((...args: Parameters<Tracer['startActiveSpan']>) =>
        tracer().startActiveSpan(...args)) as Tracer['startActiveSpan'],
    }
  }

  #provider(): TracerProvider | undefined {
    const setUp = this.#setUp
    this.#setUp = undefined
    if (setUp?.() === false) {
      this.#setUp = setUp
      return undefined
    }
    return trace.getTracerProvider()
  }
}

/** What the API gives where nothing is registered. */
const NOBODY = new ProxyTracerProvider().getDelegate()
