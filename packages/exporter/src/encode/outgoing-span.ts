import type { Attributes, HrTime, Link, SpanContext, SpanKind, SpanStatus } from '@opentelemetry/api'
import type { InstrumentationScope } from '@opentelemetry/core'
import type { Resource } from '@opentelemetry/resources'
import type { TimedEvent } from '@opentelemetry/sdk-trace-base'

/**
 * What is sent of a span that ended. A value of its own: the application and its other processors hold the span itself, so what is
 * stamped, re-parented, masked or cut on the way out must not be written there.
 */
export interface OutgoingSpan {
  readonly context: SpanContext
  readonly parent: SpanContext | undefined
  readonly name: string
  readonly kind: SpanKind
  readonly startTime: HrTime
  readonly endTime: HrTime
  readonly attributes: Attributes
  readonly droppedAttributesCount: number
  readonly events: readonly TimedEvent[]
  readonly droppedEventsCount: number
  readonly links: readonly Link[]
  readonly droppedLinksCount: number
  readonly status: SpanStatus
  readonly resource: Resource
  readonly scope: InstrumentationScope
}
