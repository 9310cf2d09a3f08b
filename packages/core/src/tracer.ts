import { context, type TracerProvider } from '@opentelemetry/api'
import { writeFields } from './context-fields.js'
import { currentIn, withCurrent } from './current.js'
import { log } from './log.js'
import { type LlmCall, logLlmCall } from './log-llm-call.js'
import { logRetrievalCall, type RetrievalCall } from './log-retrieval-call.js'
import { NoopSpan } from './noop-span.js'
import type { TracerKind } from './observation-type.js'
import { runInSpan } from './run-in-span.js'
import { CORE_SCOPE_NAME, CORE_SCOPE_VERSION } from './scope.js'
import { SdkTracer } from './sdk-tracer.js'
import { resolveLimits, type SerializeLimits } from './serialize/limits.js'
import type { Span, SpanFactory, SpanOptions } from './span.js'
import { startSpan } from './start-span.js'
import type { TraceContextFields } from './trace-context.js'
import { TypesByName } from './types-by-name.js'
import { type ValidTraceFields, validTraceFields } from './valid-trace-fields.js'

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
  readonly #sdk: SdkTracer
  readonly #given: TraceContextFields | undefined
  #valid: ValidTraceFields | undefined
  readonly #limits: SerializeLimits
  readonly #typesByName: TypesByName
  readonly #off: NoopSpan

  /**
   * @param kind - What the spans are about, where neither options, model nor name say it. Default: `base`.
   * @param options - Scope, provider, limits, and what stands on every span.
   * @throws {RangeError} If a limit is no whole number from 0 on.
   */
  constructor(kind: TracerKind = 'base', options: TracerOptions = {}) {
    const { name = CORE_SCOPE_NAME, scopeVersion = CORE_SCOPE_VERSION, provider, limits, ...fields } = options
    this.kind = kind
    this.#sdk = new SdkTracer(name, scopeVersion, provider)
    this.#given = Object.keys(fields).length > 0 ? fields : undefined
    this.#limits = resolveLimits(limits)
    this.#typesByName = new TypesByName(kind)
    this.#off = new NoopSpan(this)
  }

  span<T>(name: string, fn: (span: Span) => T): T
  span<T>(name: string, options: SpanOptions, fn: (span: Span) => T): T
  span<T>(name: string, optionsOrFn: SpanOptions | ((span: Span) => T), fn?: (span: Span) => T): T {
    const given = typeof optionsOrFn === 'function'
    // The overloads give `fn` whenever options come first.
    const run = given ? optionsOrFn : (fn as (span: Span) => T)
    if (typeof run !== 'function') {
      throw new TypeError(
        `Cannot run span ${JSON.stringify(name)}: its last argument is ${typeof run}, expected a function`,
      )
    }
    const span = this.startSpan(name, given ? undefined : optionsOrFn)
    return span === this.#off ? run(span) : runInSpan(span, run)
  }

  /** `span` for functions that return a promise; one that throws before it returns gives a rejected promise. */
  asyncSpan<T>(name: string, fn: (span: Span) => Promise<T> | T): Promise<T>
  asyncSpan<T>(name: string, options: SpanOptions, fn: (span: Span) => Promise<T> | T): Promise<T>
  async asyncSpan<T>(
    name: string,
    optionsOrFn: SpanOptions | ((span: Span) => Promise<T> | T),
    fn?: (span: Span) => Promise<T> | T,
  ): Promise<T> {
    if (typeof optionsOrFn === 'function') return this.span(name, optionsOrFn)
    // The overloads give `fn` whenever options come first.
    return this.span(name, optionsOrFn, fn as (span: Span) => Promise<T> | T)
  }

  startSpan(name: string, options?: SpanOptions): Span {
    try {
      const otelTracer = this.#sdk.tracer()
      if (otelTracer === undefined) return this.#off
      const by = {
        tracer: this,
        otelTracer,
        fields: this.#fields(),
        limits: this.#limits,
        typesByName: this.#typesByName,
      }
      return startSpan(by, name, options)
    } catch (error) {
      log.error('A span could not be started: the code runs without it', error)
      return this.#off
    }
  }

  /** Records a model call that is over. Nests under the span that is active. */
  logLlmCall(call: LlmCall): void {
    this.#log(() => logLlmCall(this, call))
  }

  /** Records a search that is over. Nests under the span that is active. */
  logRetrievalCall(call: RetrievalCall): void {
    this.#log(() => logRetrievalCall(this, call))
  }

  /** Checked once, and not before they are needed: while tracing is off nothing is serialized. */
  #fields(): ValidTraceFields | undefined {
    if (this.#given === undefined || this.#valid !== undefined) return this.#valid
    try {
      this.#valid = validTraceFields(this.#given)
    } catch (error) {
      log.error("A tracer's fields could not be read: its spans go without them", error)
      this.#valid = { tags: [] }
    }
    return this.#valid
  }

  /** The caller's record may lack what its type promises, or throw when it is read. */
  #log(record: () => void): void {
    try {
      record()
    } catch (error) {
      log.error('A call could not be recorded', error)
    }
  }

  /** Runs a function in which this tracer is the current one and its fields stand on every span, whoever starts it. */
  context<T>(fn: () => T): T {
    const active = context.active()
    const fields = this.#fields()
    const at = fields ? writeFields(active, fields, true) : active
    // The span that is active stays what `getActiveSpan()` gives.
    return context.with(withCurrent(at, { ...currentIn(active), tracer: this }), fn)
  }

  /**
   * Sends what the configured pipeline holds.
   *
   * @returns Resolves when the pipeline has had its answer, successful or not; at once when there is no SDK. Never rejects: failures are reported
   *   by the exporter and through OpenTelemetry's `diag`.
   */
  async flush(): Promise<void> {
    await this.#callProvider('forceFlush')
  }

  /** Flushes, and ends the provider's life: spans that start later are lost. Never rejects. */
  async shutdown(): Promise<void> {
    await this.#callProvider('shutdown')
  }

  async #callProvider(method: keyof SdkProvider): Promise<void> {
    try {
      // The API's interface does not have what every SDK's provider has.
      await (this.#sdk.provider() as SdkProvider | undefined)?.[method]?.()
    } catch (error) {
      log.error(`The tracer provider's ${method} failed`, error)
    }
  }
}
