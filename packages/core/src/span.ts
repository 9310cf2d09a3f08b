/// <reference lib="esnext.disposable" preserve="true" />
import type { Attributes, Context, Link, Span as OtelSpan, SpanContext, TimeInput } from '@opentelemetry/api'
import type { ObservationType } from './observation-type.js'

/** Tokens by kind; `input`, `output` and `total` are what Langfuse shows first, other keys (`input_cached_tokens`, …) stand beside them. */
export type Usage = Readonly<Record<string, number>> & {
  readonly input?: number
  readonly output?: number
  readonly total?: number
}

/** US dollars by kind; overrides what the server computes from usage and price. */
export type Cost = Readonly<Record<string, number>> & {
  readonly input?: number
  readonly output?: number
  readonly total?: number
}

/** How an observation went, as Langfuse has it. */
export type Level = 'DEBUG' | 'DEFAULT' | 'WARNING' | 'ERROR'

/** How a span begins. */
export interface SpanOptions {
  /** Observation type. @default derived from model, name and the tracer's kind */
  readonly type?: ObservationType | undefined
  /** Input, or a function that gives it; as `setInput`. */
  readonly input?: unknown
  /** Attributes; as `setAttributes`. */
  readonly attributes?: Readonly<Record<string, unknown>> | undefined
  /** Metadata; as `setMetadata`. */
  readonly metadata?: Readonly<Record<string, unknown>>
  /** Name of the model; makes the span a generation, or an embedding. */
  readonly model?: string
  /** The span to nest under. @default the span that is active */
  readonly parent?: Span | OtelSpan | SpanContext
  /** `true` begins a new trace. @default false */
  readonly root?: boolean
  /** Other spans that this one is related to. */
  readonly links?: readonly (Link | Span)[]
  /** When the span began, if not now. */
  readonly startTime?: TimeInput
}

/** What starts spans: a tracer, and a span for its children. */
export interface SpanFactory {
  /**
   * Runs a function inside a new span that is active until the function's result is done: returned, settled, or iterated to its end.
   *
   * @param name - The span's name.
   * @param fn - Gets the span. What it throws marks the span ERROR and is thrown on untouched.
   * @returns What `fn` returns.
   * @throws {TypeError} If there is no function to run. Else only what `fn` throws.
   */
  span<T>(name: string, fn: (span: Span) => T): T
  span<T>(name: string, options: SpanOptions, fn: (span: Span) => T): T
  /**
   * Starts a span that is not made active and that the caller ends, with `end()` or `using`.
   *
   * `using` ends a span at the end of its block, also when the block throws; what was thrown is not known to it, so call `recordError`
   * in a `catch`, or use `span`.
   */
  startSpan(name: string, options?: SpanOptions): Span
}

/**
 * A span, as people write it by hand. Setters return the span, never throw, and do nothing on a span that is off or has ended.
 */
export interface Span extends SpanFactory, Disposable, AsyncDisposable {
  /** Span id, 16 hex digits; zeros when tracing is off. */
  readonly id: string
  /** Trace id, 32 hex digits; zeros when tracing is off. */
  readonly traceId: string
  /** OpenTelemetry's span underneath. */
  readonly otelSpan: OtelSpan
  /** Whether what is set is kept: `false` when no SDK is configured, the span is not sampled, or it has ended. */
  readonly isRecording: boolean
  /** OpenTelemetry's context with this span active. */
  readonly context: Context
  /** What went in. A function is called only if the value is kept. */
  setInput(input: unknown): this
  /** What came out. A function is called only if the value is kept. */
  setOutput(output: unknown): this
  /**
   * Sets one attribute. A plain key is metadata (`metadata.num_chunks`); a key with a dot is an OpenTelemetry attribute as it is; `model` and
   * `model_name` name the model.
   */
  setAttribute(key: string, value: unknown): this
  /** `setAttribute` for every member. */
  setAttributes(attributes: Readonly<Record<string, unknown>> | undefined): this
  /** Sets metadata, whatever the keys look like. */
  setMetadata(metadata: Readonly<Record<string, unknown>> | undefined): this
  /** Sets the observation type, over what was derived. */
  setType(type: ObservationType): this
  /** Names the model and its parameters (`{ temperature: 0.2 }`); the span becomes a generation or embedding unless its type was given. */
  setModel(name: string | undefined, parameters?: Readonly<Record<string, unknown>>): this
  /** Tokens used. */
  setUsage(usage: Usage | undefined): this
  /** Cost in US dollars. */
  setCost(cost: Cost | undefined): this
  /** Links a prompt of Langfuse's prompt management. Shown on generations. */
  setPrompt(prompt: { readonly name: string; readonly version: number }): this
  /** Sets the level, and a message that says why. */
  setLevel(level: Level, message?: string): this
  /** Marks when the first token of a completion arrived; calls after the first change nothing. @param time - default: now */
  markFirstToken(time?: TimeInput): this
  /** Adds an event. Langfuse shows none; other backends do. */
  addEvent(name: string, attributes?: Attributes): this
  /** Marks the span ERROR with what was thrown. */
  recordError(error: unknown): this
  /** Ends the span; calls after the first change nothing. @param time - default: now */
  end(time?: TimeInput): void
}

/** Whether a value is a span of this package, in whatever copy, rather than OpenTelemetry's or a span context. */
export function isSpan(value: unknown): value is Span {
  return typeof value === 'object' && value !== null && 'otelSpan' in value
}
