import { type Context, context, type Span as OtelSpan, trace } from '@opentelemetry/api'
import { withCurrent } from './current.js'
import type { Span, SpanOptions } from './span.js'
import type { Tracer } from './tracer.js'

/** What recording spans and spans that are off have in common: identity, children, disposal. */
export abstract class BaseSpan {
  readonly otelSpan: OtelSpan
  readonly #context: Context | undefined
  readonly #tracer: Tracer

  /**
   * @param tracer - Starts the children.
   * @param otelSpan - OpenTelemetry's span.
   * @param at - The context that it started in; none for a span that is nowhere, because tracing is off.
   */
  constructor(tracer: Tracer, otelSpan: OtelSpan, at: Context | undefined) {
    this.#tracer = tracer
    this.otelSpan = otelSpan
    this.#context = at && withCurrent(trace.setSpan(at, otelSpan), { tracer, span: this.#asSpan() })
  }

  abstract end(): void

  get context(): Context {
    // A span that is nowhere must not hide what is active: baggage, a span of other instrumentation.
    return this.#context ?? context.active()
  }

  get id(): string {
    return this.otelSpan.spanContext().spanId
  }

  get traceId(): string {
    return this.otelSpan.spanContext().traceId
  }

  span<T>(name: string, fn: (span: Span) => T): T
  span<T>(name: string, options: SpanOptions, fn: (span: Span) => T): T
  span<T>(name: string, optionsOrFn: SpanOptions | ((span: Span) => T), fn?: (span: Span) => T): T {
    return typeof optionsOrFn === 'function'
      ? this.#tracer.span(name, { parent: this.#asSpan() }, optionsOrFn)
      : // The overloads give `fn` whenever options come first.
        this.#tracer.span(name, { parent: this.#asSpan(), ...optionsOrFn }, fn as (span: Span) => T)
  }

  startSpan(name: string, options?: SpanOptions): Span {
    return this.#tracer.startSpan(name, { parent: this.#asSpan(), ...options })
  }

  [Symbol.dispose](): void {
    this.end()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.end()
  }

  /** Both classes that extend this one are spans; this one only lacks their setters. */
  #asSpan(): Span {
    return this as unknown as Span
  }
}
