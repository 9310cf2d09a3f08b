import type { Attributes, Context, Span as OtelSpan, TimeInput } from '@opentelemetry/api'
import { isContentAttribute, withoutContent } from './attributes/is-content-attribute.js'
import { LANGFUSE } from './attributes/names.js'
import { toAttributeValue } from './attributes/to-attribute-value.js'
import { toIsoTime } from './attributes/to-iso-time.js'
import { BaseSpan } from './base-span.js'
import { isContentCaptured } from './content-capture.js'
import { log } from './log.js'
import { type ObservationType, observationTypeOfModel } from './observation-type.js'
import { recordError } from './record-error.js'
import type { SerializeLimits } from './serialize/limits.js'
import { toContent } from './serialize/to-content.js'
import { toJson } from './serialize/to-json.js'
import type { Cost, Level, Span, Usage } from './span.js'
import type { Tracer } from './tracer.js'
import { validTime } from './valid-time.js'

/** The facade over one span that an SDK records. */
export class RecordingSpan extends BaseSpan implements Span {
  readonly #limits: SerializeLimits
  #typeGiven: boolean
  #firstTokenMarked = false
  #ended = false

  /**
   * @param tracer - Starts the children.
   * @param otelSpan - A span that is recording.
   * @param at - The context that it started in.
   * @param limits - How much of a value is kept.
   * @param typeGiven - Whether the observation type was chosen by the caller, so that a model does not change it.
   */
  constructor(tracer: Tracer, otelSpan: OtelSpan, at: Context, limits: SerializeLimits, typeGiven: boolean) {
    super(tracer, otelSpan, at)
    this.#limits = limits
    this.#typeGiven = typeGiven
  }

  get isRecording(): boolean {
    return !this.#ended && this.otelSpan.isRecording()
  }

  setInput(input: unknown): this {
    return this.#setContent(LANGFUSE.input, input)
  }

  setOutput(output: unknown): this {
    return this.#setContent(LANGFUSE.output, output)
  }

  setAttribute(key: string, value: unknown): this {
    // Callers without types: a key that is no string, or an empty one, names nothing.
    if (typeof key !== 'string' || key === '') return this
    if (key === 'model' || key === 'model_name') return typeof value === 'string' ? this.setModel(value) : this
    if (!key.includes('.')) return this.#set(`${LANGFUSE.observationMetadata}.${key}`, value)
    return isContentAttribute(key) ? this.#setContent(key, value) : this.#set(key, value)
  }

  setAttributes(attributes: Readonly<Record<string, unknown>>): this {
    return this.#guard(() => {
      for (const key of Object.keys(attributes)) this.setAttribute(key, attributes[key])
    })
  }

  setMetadata(metadata: Readonly<Record<string, unknown>>): this {
    return this.#guard(() => {
      for (const key of Object.keys(metadata)) this.#set(`${LANGFUSE.observationMetadata}.${key}`, metadata[key])
    })
  }

  setType(type: ObservationType): this {
    this.#typeGiven = true
    return this.#set(LANGFUSE.observationType, type)
  }

  setModel(name: string, parameters?: Readonly<Record<string, unknown>>): this {
    // Nothing is known of a model that has no name; the span stays what it is.
    if (typeof name === 'string' && name !== '') {
      this.#set(LANGFUSE.model, name)
      if (!this.#typeGiven) this.#set(LANGFUSE.observationType, observationTypeOfModel(name))
    }
    return this.#setRecord(LANGFUSE.modelParameters, parameters)
  }

  setUsage(usage: Usage): this {
    return this.#setAmounts(LANGFUSE.usageDetails, usage)
  }

  setCost(cost: Cost): this {
    return this.#setAmounts(LANGFUSE.costDetails, cost)
  }

  setPrompt(prompt: { readonly name: string; readonly version: number }): this {
    return this.#guard(() => {
      this.#set(LANGFUSE.promptName, prompt.name)
      this.#set(LANGFUSE.promptVersion, prompt.version)
    })
  }

  setLevel(level: Level, message?: string): this {
    this.#set(LANGFUSE.level, level)
    return this.#set(LANGFUSE.statusMessage, message)
  }

  markFirstToken(time: TimeInput = Date.now()): this {
    return this.#guard(() => {
      if (this.#firstTokenMarked) return
      this.otelSpan.setAttribute(LANGFUSE.completionStartTime, JSON.stringify(toIsoTime(time)))
      // Only now: after a time that is none, the next one counts.
      this.#firstTokenMarked = true
    })
  }

  addEvent(name: string, attributes?: Attributes): this {
    return this.#guard(() =>
      this.otelSpan.addEvent(name, isContentCaptured() ? attributes : withoutContent(name, attributes)),
    )
  }

  recordError(error: unknown): this {
    return this.#guard(() => recordError(this.otelSpan, error))
  }

  end(time?: TimeInput): void {
    if (this.#ended) return
    this.#ended = true
    try {
      this.otelSpan.end(validTime(time))
    } catch (error) {
      // A span processor of the application's: its failure is not the traced code's.
      log.error('A span processor threw when a span ended', error)
    }
  }

  #setContent(name: string, content: unknown): this {
    if (!this.isRecording) return this
    try {
      if (!isContentCaptured()) return this
      const text = toContent(typeof content === 'function' ? content() : content, this.#limits)
      if (text !== undefined) this.otelSpan.setAttribute(name, text)
    } catch (error) {
      log.error(UNREADABLE, error)
    }
    return this
  }

  /** Numbers by kind. One that is none would make the server refuse the others with it. */
  #setAmounts(name: string, amounts: Readonly<Record<string, number | undefined>>): this {
    return this.#guard(() => {
      const finite = Object.entries(amounts).filter(([, amount]) => Number.isFinite(amount))
      if (finite.length > 0) this.#setRecord(name, Object.fromEntries(finite))
    })
  }

  #setRecord(name: string, record: Readonly<Record<string, unknown>> | undefined): this {
    if (typeof record !== 'object' || record === null) return this
    return this.#guard(() => this.otelSpan.setAttribute(name, toJson(record, this.#limits)))
  }

  #set(name: string, value: unknown): this {
    if (!this.isRecording) return this
    try {
      const attribute = toAttributeValue(value, this.#limits)
      if (attribute !== undefined) this.otelSpan.setAttribute(name, attribute)
    } catch (error) {
      log.error(UNREADABLE, error)
    }
    return this
  }

  /** Runs what reads the caller's objects, whose getters and Proxies may throw. */
  #guard(set: () => unknown): this {
    if (!this.isRecording) return this
    try {
      set()
    } catch (error) {
      log.error(UNREADABLE, error)
    }
    return this
  }
}

const UNREADABLE = 'A value for a span could not be read'
