import { type Context, INVALID_SPAN_CONTEXT, type Span as OtelSpan, trace } from '@opentelemetry/api'
import { BaseSpan } from './base-span.js'
import type { Span } from './span.js'
import type { Tracer } from './tracer.js'

/**
 * A span that keeps nothing: no SDK is configured, or the trace is not sampled. It serializes nothing and calls no lambda.
 */
export class NoopSpan extends BaseSpan implements Span {
  readonly isRecording = false

  /**
   * @param tracer - Starts the children.
   * @param otelSpan - What the SDK made of it; left out when there is none.
   * @param at - The context that it started in; left out when there is no SDK.
   */
  constructor(tracer: Tracer, otelSpan: OtelSpan = OFF, at?: Context) {
    super(tracer, otelSpan, at)
  }

  setInput(): this {
    return this
  }
  setOutput(): this {
    return this
  }
  setAttribute(): this {
    return this
  }
  setAttributes(): this {
    return this
  }
  setMetadata(): this {
    return this
  }
  setType(): this {
    return this
  }
  setModel(): this {
    return this
  }
  setUsage(): this {
    return this
  }
  setCost(): this {
    return this
  }
  setPrompt(): this {
    return this
  }
  setLevel(): this {
    return this
  }
  markFirstToken(): this {
    return this
  }
  addEvent(): this {
    return this
  }
  recordError(): this {
    return this
  }
  end(): void {}
}

/** Whether a span stands for "no SDK", where the traced code has to run as if there were no span at all. */
export function isOff(span: Span): boolean {
  return span.otelSpan === OFF
}

const OFF: OtelSpan = trace.wrapSpanContext(INVALID_SPAN_CONTEXT)
