import type { Attributes, AttributeValue, Context, Span as OtelSpan, TimeInput } from '@opentelemetry/api'
import { attempt } from './attempt.js'
import { isContentAttribute, withoutContent } from './attributes/is-content-attribute.js'
import { OBSERVATION_TYPE, PROMPT_NAME, PROMPT_VERSION } from './attributes/names.js'
import { toAttributeValue } from './attributes/to-attribute-value.js'
import { toMillis } from './attributes/to-millis.js'
import { isContentCaptured } from './content-capture.js'
import { withCurrent } from './current.js'
import { type ObservationType, observationTypeOfModel } from './observation-type.js'
import { context, trace } from './open-telemetry.js'
import { recordError } from './record-error.js'
import { remember } from './remember.js'
import { NO_SDK } from './sdk-provider.js'
import { toContent } from './serialize/to-content.js'
import type { Cost, Level, Span, SpanOptions, Usage } from './span.js'
import type { StartedBy } from './start-span.js'
import { validTime } from './valid-time.js'

/** Stands for all spans while no SDK is configured. */
const OFF: OtelSpan = NO_SDK.getTracer('').startSpan('', { root: true })

// A name that is put together anew each time has to be hashed anew by the SDK.
const metadataName = remember((key) => `langfuse.observation.metadata.${key}`)

/** Whether a span stands for "no SDK", where the traced code has to run as if there were no span at all. */
export function isOff(span: Span): boolean {
  return span.otelSpan === OFF
}

/**
 * The facade over one span of OpenTelemetry's. Over one that is not recorded (there is no SDK, the trace is not sampled, it has ended) nothing is
 * serialized and no function is called for a value.
 */
export class FacadeSpan implements Span {
  readonly otelSpan: OtelSpan
  readonly #by: StartedBy
  readonly #context: Context | undefined
  #typeGiven: boolean
  #firstTokenMarked = false

  /**
   * @param by - Whose it is.
   * @param otelSpan - What the SDK started; left out when there is none.
   * @param at - The context that it started in; left out when there is no SDK.
   * @param typeGiven - Whether the observation type was chosen by the caller, so that a model does not change it.
   */
  constructor(by: StartedBy, otelSpan: OtelSpan = OFF, at?: Context, typeGiven: boolean = false) {
    this.otelSpan = otelSpan
    this.#by = by
    this.#context = at && withCurrent(trace.setSpan(at, otelSpan), { tracer: by.tracer, span: this })
    this.#typeGiven = typeGiven
  }

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

  get isRecording(): boolean {
    return this.otelSpan.isRecording()
  }

  span<T>(name: string, fn: (span: Span) => T): T
  span<T>(name: string, options: SpanOptions, fn: (span: Span) => T): T
  span<T>(name: string, optionsOrFn: SpanOptions | ((span: Span) => T), fn?: (span: Span) => T): T {
    return typeof optionsOrFn === 'function'
      ? this.#by.tracer.span(name, { parent: this }, optionsOrFn)
      : // The overloads give `fn` whenever options come first.
        this.#by.tracer.span(name, { parent: this, ...optionsOrFn }, fn as (span: Span) => T)
  }

  startSpan(name: string, options?: SpanOptions): Span {
    return this.#by.tracer.startSpan(name, { parent: this, ...options })
  }

  setInput(input: unknown): this {
    return this.#setContent('langfuse.observation.input', input)
  }

  setOutput(output: unknown): this {
    return this.#setContent('langfuse.observation.output', output)
  }

  setAttribute(key: string, value: unknown): this {
    // Callers without types: a key that is no string, or an empty one, names nothing.
    if (typeof key !== 'string' || key === '') return this
    // `setModel` takes no other value.
    if (key === 'model' || key === 'model_name') return this.setModel(value as string)
    if (!key.includes('.')) return this.#set(metadataName(key), value)
    return isContentAttribute(key) ? this.#setContent(key, value) : this.#set(key, value)
  }

  setAttributes(attributes: Readonly<Record<string, unknown>> = {}): this {
    return this.#try(() => {
      for (const [key, value] of Object.entries(attributes)) this.setAttribute(key, value)
    })
  }

  setMetadata(metadata: Readonly<Record<string, unknown>> = {}): this {
    return this.#try(() => {
      for (const [key, value] of Object.entries(metadata)) this.#set(metadataName(key), value)
    })
  }

  setType(type: ObservationType): this {
    this.#typeGiven = true
    return this.#set(OBSERVATION_TYPE, type)
  }

  setModel(name: string | undefined, parameters?: Readonly<Record<string, unknown>>): this {
    // Nothing is known of a model that has no name; the span stays what it is.
    if (typeof name === 'string' && name !== '') {
      this.#set('langfuse.observation.model.name', name)
      if (!this.#typeGiven) this.#set(OBSERVATION_TYPE, observationTypeOfModel(name))
    }
    return typeof parameters === 'object' ? this.#set('langfuse.observation.model.parameters', parameters) : this
  }

  setUsage(usage: Usage | undefined): this {
    return this.#setAmounts('langfuse.observation.usage_details', usage)
  }

  setCost(cost: Cost | undefined): this {
    return this.#setAmounts('langfuse.observation.cost_details', cost)
  }

  setPrompt(prompt: { readonly name: string; readonly version: number }): this {
    return this.#try(() => this.#set(PROMPT_NAME, prompt.name).#set(PROMPT_VERSION, prompt.version))
  }

  setLevel(level: Level, message?: string): this {
    return this.#set('langfuse.observation.level', level).#set('langfuse.observation.status_message', message)
  }

  markFirstToken(time: TimeInput = Date.now()): this {
    return this.#try(() => {
      if (this.#firstTokenMarked) return
      this.#put('langfuse.observation.completion_start_time', JSON.stringify(new Date(toMillis(time)).toISOString()))
      // Only now: after a time that is none, the next one counts.
      this.#firstTokenMarked = true
    })
  }

  addEvent(name: string, attributes?: Attributes): this {
    return this.#try(() =>
      this.otelSpan.addEvent(name, isContentCaptured() ? attributes : withoutContent(name, attributes)),
    )
  }

  recordError(error: unknown): this {
    return this.#try(() => recordError(this, error))
  }

  end(time?: TimeInput): void {
    // A span processor of the application's may throw; its failure is not the traced code's.
    this.#try(() => this.otelSpan.end(validTime(time)), 'end a span')
  }

  [Symbol.dispose](): void {
    this.end()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.end()
  }

  #setContent(name: string, content: unknown): this {
    return this.#try(() => {
      if (isContentCaptured())
        this.#put(name, toContent(typeof content === 'function' ? content() : content, this.#by.limits))
    })
  }

  /** Numbers by kind. One that is none would make the server refuse the others with it. */
  #setAmounts(name: string, amounts: Readonly<Record<string, number | undefined>> = {}): this {
    return this.#try(() => {
      const finite = Object.entries(amounts).filter(([, amount]) => Number.isFinite(amount))
      if (finite.length > 0) this.#set(name, Object.fromEntries(finite))
    })
  }

  #set(name: string, value: unknown): this {
    return this.#try(() => this.#put(name, toAttributeValue(value, this.#by.limits)))
  }

  #put(name: string, value: AttributeValue | undefined): void {
    if (value !== undefined) this.otelSpan.setAttribute(name, value)
  }

  /** Does what reads the caller's objects, whose getters and Proxies may throw, if the span is recorded. */
  #try(act: () => unknown, what = 'read a value'): this {
    if (this.isRecording) attempt(act, what)
    return this
  }
}
