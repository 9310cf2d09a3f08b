import { type Context, INVALID_SPAN_CONTEXT, type Span as OtelSpan, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { BaseSpan } from './base-span.js'
import type { Span } from './span.js'
import type { Tracer } from './tracer.js'

/**
 * A span that keeps nothing: no SDK is configured, or the trace is not sampled. It serializes nothing and calls no lambda.
 */
export class NoopSpan extends BaseSpan implements Span {
  readonly isRecording = false

  constructor(tracer: Tracer, otelSpan: OtelSpan = OFF, at: Context = ROOT_CONTEXT) {
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

const OFF: OtelSpan = trace.wrapSpanContext(INVALID_SPAN_CONTEXT)
