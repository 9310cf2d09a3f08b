import type { Tracer as OtelTracer, TracerProvider } from '@opentelemetry/api'
import { attempt } from './attempt.js'
import { writeFields } from './context-fields.js'
import { currentIn, withCurrent } from './current.js'
import { FacadeSpan } from './facade-span.js'
import { log } from './log.js'
import { type LlmCall, logLlmCall } from './log-llm-call.js'
import { logRetrievalCall, type RetrievalCall } from './log-retrieval-call.js'
import { observationTypes, type TracerKind } from './observation-type.js'
import { context } from './open-telemetry.js'
import { runInSpan } from './run-in-span.js'
import { CORE_SCOPE_NAME, CORE_SCOPE_VERSION } from './scope.js'
import { sdkProvider } from './sdk-provider.js'
import { resolveLimits, type SerializeLimits } from './serialize/limits.js'
import type { Span, SpanFactory, SpanOptions } from './span.js'
import { type StartedBy, startSpan } from './start-span.js'
import type { TraceContextFields } from './trace-context.js'
import { type TraceFields, validTraceFields } from './trace-fields.js'

/** Options of a tracer; the fields of a trace are defaults for every trace it begins, which `withTraceContext` overrides. */
export interface TracerOptions extends TraceContextFields {
  /** Instrumentation scope of the spans. @default 'axion' */
  readonly name?: string
  /** Version of the instrumentation scope; what is deployed goes into `release`. @default this package's version */
  readonly scopeVersion?: string
  /** The provider that gets the spans. @default the one that is registered globally when a span starts */
  readonly provider?: TracerProvider
  /** How much of a value is kept. */
  readonly limits?: Partial<SerializeLimits>
}

/** An SDK's provider, as far as the API leaves it open. */
interface SdkProvider {
  forceFlush?(): Promise<void>
  shutdown?(): Promise<void>
}

/**
 * Starts spans. While no OpenTelemetry SDK is configured it runs the code it is given and does nothing else; it may be made before the SDK is.
 */
export class Tracer implements SpanFactory {
  /** What the tracer is for. */
  readonly kind: TracerKind
  readonly #provider: () => TracerProvider | undefined
  readonly #otelTracer: () => OtelTracer | undefined
  readonly #by: StartedBy
  readonly #off: Span

  /**
   * @param kind - What the spans are about, where neither options, model nor name say it. Default: `base`.
   * @param options - Scope, provider, limits, and what stands on every span.
   * @throws {RangeError} If a limit is no whole number from 0 on.
   */
  constructor(kind: TracerKind = 'base', options: TracerOptions = {}) {
    const { name = CORE_SCOPE_NAME, scopeVersion = CORE_SCOPE_VERSION, provider, limits, ...fields } = options
    this.kind = kind
    this.#provider = () => sdkProvider(provider)
    this.#otelTracer = () => this.#provider()?.getTracer(name, scopeVersion)
    let valid: TraceFields | undefined
    this.#by = {
      tracer: this,
      typeOf: observationTypes(kind),
      limits: resolveLimits(limits),
      // Checked once, and not before they are needed: while tracing is off nothing is serialized.
      fields: () => {
        valid ??= attempt(() => validTraceFields(fields), 'read trace fields') ?? []
        return valid
      },
    }
    this.#off = new FacadeSpan(this.#by)
  }

  span<T>(name: string, fn: (span: Span) => T): T
  span<T>(name: string, options: SpanOptions, fn: (span: Span) => T): T
  span<T>(name: string, optionsOrFn: SpanOptions | ((span: Span) => T), fn?: (span: Span) => T): T {
    const isBare = typeof optionsOrFn === 'function'
    const run = isBare ? optionsOrFn : fn
    if (typeof run !== 'function')
      throw new TypeError(`Cannot run span ${String(name)}: expected a function, found ${typeof run}`)
    return runInSpan(this.startSpan(name, isBare ? undefined : optionsOrFn), run)
  }

  /** `span` for functions that return a promise; one that throws before it returns gives a rejected promise. */
  asyncSpan<T>(name: string, fn: (span: Span) => Promise<T> | T): Promise<T>
  asyncSpan<T>(name: string, options: SpanOptions, fn: (span: Span) => Promise<T> | T): Promise<T>
  async asyncSpan<T>(name: string, ...rest: unknown[]): Promise<T> {
    // The overloads of both are the same.
    return this.span(name, ...(rest as [SpanOptions, (span: Span) => Promise<T> | T]))
  }

  startSpan(name: string, options?: SpanOptions): Span {
    const start = (): Span => {
      const otelTracer = this.#otelTracer()
      return otelTracer ? startSpan(this.#by, otelTracer, name, options) : this.#off
    }
    return attempt(start, 'start a span') ?? this.#off
  }

  /** Records a model call that is over. Nests under the span that is active. */
  logLlmCall(call: LlmCall): void {
    // The caller's record may lack what its type promises, or throw when it is read.
    attempt(() => logLlmCall(this, call), 'record a call')
  }

  /** Records a search that is over. Nests under the span that is active. */
  logRetrievalCall(call: RetrievalCall): void {
    attempt(() => logRetrievalCall(this, call), 'record a call')
  }

  /** Runs a function in which this tracer is the current one and its fields stand on every span, whoever starts it. */
  context<T>(fn: () => T): T {
    const active = context.active()
    // The span that is active stays what `getActiveSpan()` gives.
    const current = { ...currentIn(active), tracer: this }
    return context.with(withCurrent(writeFields(active, this.#by.fields(), true), current), fn)
  }

  /**
   * Sends what the configured pipeline holds.
   *
   * @returns Resolves when the pipeline has had its answer, successful or not; at once when there is no SDK. Never rejects: failures are reported
   *   by the exporter and through OpenTelemetry's `diag`.
   */
  flush(): Promise<void> {
    return this.#callProvider('forceFlush')
  }

  /** Flushes, and ends the provider's life: spans that start later are lost. Never rejects. */
  shutdown(): Promise<void> {
    return this.#callProvider('shutdown')
  }

  async #callProvider(method: keyof SdkProvider): Promise<void> {
    try {
      // The API's interface does not have what every SDK's provider has.
      await (this.#provider() as SdkProvider | undefined)?.[method]?.()
    } catch (error) {
      log.error(`Cannot ${method} the tracer provider`, error)
    }
  }
}
