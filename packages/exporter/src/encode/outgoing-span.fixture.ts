import { SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api'
import type { InstrumentationScope } from '@opentelemetry/core'
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer'
import { type Resource, resourceFromAttributes } from '@opentelemetry/resources'
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'
import type { OutgoingSpan } from './outgoing-span.js'

/** The resource and scope of {@link outgoingSpan}. */
export const RESOURCE: Resource = resourceFromAttributes({ 'service.name': 'shop', 'process.pid': 7 })
export const SCOPE: InstrumentationScope = { name: 'axion', version: '1.2.3' }

/** A span with nothing in it but what is given. */
export function outgoingSpan(members: Partial<OutgoingSpan> = {}): OutgoingSpan {
  return {
    context: {
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      traceFlags: TraceFlags.SAMPLED,
    },
    parent: undefined,
    name: 'step',
    kind: SpanKind.INTERNAL,
    startTime: [1_795_000_000, 123_456_789],
    endTime: [1_795_000_001, 1],
    attributes: {},
    droppedAttributesCount: 0,
    events: [],
    droppedEventsCount: 0,
    links: [],
    droppedLinksCount: 0,
    status: { code: SpanStatusCode.UNSET },
    resource: RESOURCE,
    scope: SCOPE,
    ...members,
  }
}

/** The request that OpenTelemetry's own encoder makes of spans. */
export function encodedByOpenTelemetry(spans: readonly OutgoingSpan[]): Buffer {
  const body = ProtobufTraceSerializer.serializeRequest(spans.map(toReadable))
  if (!body) throw new Error('OpenTelemetry encoded nothing')
  return Buffer.from(body)
}

function toReadable({ context, parent, scope, ...rest }: OutgoingSpan): ReadableSpan {
  return {
    ...rest,
    spanContext: () => context,
    ...(parent && { parentSpanContext: parent }),
    instrumentationScope: scope,
    events: [...rest.events],
    links: [...rest.links],
    duration: [0, 0],
    ended: true,
  }
}
