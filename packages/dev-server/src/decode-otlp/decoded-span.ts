import type { Attributes } from './attributes.js'

/** A span as it came in, whatever the encoding: the one shape the mapping reads. */
export interface DecodedSpan {
  /** As sent: usually 32 hex digits, in the case the sender used. */
  readonly traceId: string
  /** As sent: usually 16 hex digits. */
  readonly spanId: string
  /** Empty for a span without a parent. */
  readonly parentSpanId: string
  readonly name: string
  /** Milliseconds since the epoch; undefined when missing or no number. */
  readonly startTimeMillis: number | undefined
  /** Milliseconds since the epoch; undefined when missing or no number. */
  readonly endTimeMillis: number | undefined
  readonly attributes: Attributes
  readonly events: readonly DecodedEvent[]
  /** OTLP status code: 0 unset, 1 ok, 2 error. */
  readonly statusCode: number
  readonly statusMessage: string | undefined
}

/** A span event. */
export interface DecodedEvent {
  readonly name: string
  readonly attributes: Attributes
}

/** The instrumentation scope that made the spans; absent fields were not sent. */
export interface DecodedScope {
  readonly name: string | undefined
  readonly version: string | undefined
  readonly attributes: Attributes
}

/** The spans of one scope of one resource. */
export interface DecodedScopeSpans {
  readonly resourceAttributes: Attributes
  readonly scope: DecodedScope
  readonly spans: readonly DecodedSpan[]
}
