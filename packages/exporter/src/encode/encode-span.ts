import type { Link, SpanStatus } from '@opentelemetry/api'
import type { TimedEvent } from '@opentelemetry/sdk-trace-base'
import { encodeTime } from './encode-time.js'
import { encodeAttributes } from './encode-value.js'
import type { OutgoingSpan } from './outgoing-span.js'
import type { ProtobufWriter } from './protobuf-writer.js'
import { BYTES, FIXED32, FIXED64, tagOf, VARINT } from './wire-type.js'

// Field numbers of opentelemetry/proto/trace/v1/trace.proto.
const SPAN = {
  traceId: tagOf(1, BYTES),
  spanId: tagOf(2, BYTES),
  traceState: tagOf(3, BYTES),
  parentSpanId: tagOf(4, BYTES),
  name: tagOf(5, BYTES),
  kind: tagOf(6, VARINT),
  startTime: tagOf(7, FIXED64),
  endTime: tagOf(8, FIXED64),
  attributes: tagOf(9, BYTES),
  droppedAttributesCount: tagOf(10, VARINT),
  events: tagOf(11, BYTES),
  droppedEventsCount: tagOf(12, VARINT),
  links: tagOf(13, BYTES),
  droppedLinksCount: tagOf(14, VARINT),
  status: tagOf(15, BYTES),
  flags: tagOf(16, FIXED32),
} as const
const EVENT = {
  time: tagOf(1, FIXED64),
  name: tagOf(2, BYTES),
  attributes: tagOf(3, BYTES),
  droppedAttributesCount: tagOf(4, VARINT),
} as const
const LINK = {
  traceId: tagOf(1, BYTES),
  spanId: tagOf(2, BYTES),
  traceState: tagOf(3, BYTES),
  attributes: tagOf(4, BYTES),
  droppedAttributesCount: tagOf(5, VARINT),
  flags: tagOf(6, FIXED32),
} as const
const STATUS = { message: tagOf(2, BYTES), code: tagOf(3, VARINT) } as const

const TRACE_ID_BYTES = 16
const SPAN_ID_BYTES = 8

/**
 * Writes a span as the message `Span`, byte for byte as `ProtobufTraceSerializer` of OpenTelemetry does where that is sound.
 *
 * @param writer - Where to.
 * @param tag - The field it is of `ScopeSpans`.
 * @param span - The span.
 * @throws {TypeError} If an id of it is malformed, or something no string that must be one.
 * @throws Whatever a getter in it throws. What was written by then is to be rewound.
 */
export function encodeSpan(writer: ProtobufWriter, tag: number, span: OutgoingSpan): void {
  const { context, parent, attributes, links } = span
  writer.open(tag, 1024)
  writer.writeId(SPAN.traceId, context.traceId, TRACE_ID_BYTES)
  writer.writeId(SPAN.spanId, context.spanId, SPAN_ID_BYTES)
  encodeOptionalText(writer, SPAN.traceState, context.traceState?.serialize())
  if (parent?.spanId) writer.writeId(SPAN.parentSpanId, parent.spanId, SPAN_ID_BYTES)
  writer.writeText(SPAN.name, span.name)
  // OTLP begins with "unspecified", the API does not.
  writer.writeUint32(SPAN.kind, span.kind + 1)
  encodeTime(writer, SPAN.startTime, span.startTime)
  encodeTime(writer, SPAN.endTime, span.endTime)
  encodeAttributes(writer, SPAN.attributes, attributes)
  writer.writeUint32(SPAN.droppedAttributesCount, span.droppedAttributesCount)
  for (const event of span.events) encodeEvent(writer, event)
  writer.writeUint32(SPAN.droppedEventsCount, span.droppedEventsCount)
  let malformedLinks = 0
  for (const link of links) {
    if (isWellFormed(link)) encodeLink(writer, link)
    else malformedLinks++
  }
  writer.writeUint32(SPAN.droppedLinksCount, span.droppedLinksCount + malformedLinks)
  encodeStatus(writer, span.status)
  writer.writeFixed32(SPAN.flags, flagsOf(context.traceFlags, parent?.isRemote))
  writer.close()
}

function encodeEvent(writer: ProtobufWriter, event: TimedEvent): void {
  writer.open(SPAN.events, 128)
  encodeTime(writer, EVENT.time, event.time)
  writer.writeText(EVENT.name, event.name)
  encodeAttributes(writer, EVENT.attributes, event.attributes)
  writer.writeUint32(EVENT.droppedAttributesCount, event.droppedAttributesCount ?? 0)
  writer.close()
}

// Links come from the application unchecked. Servers refuse a request for one malformed id; a link is not worth the span.
function isWellFormed({ context }: Link): boolean {
  return /^[0-9a-fA-F]{32}$/.test(context.traceId) && /^[0-9a-fA-F]{16}$/.test(context.spanId)
}

function encodeLink(writer: ProtobufWriter, { context, attributes, droppedAttributesCount }: Link): void {
  writer.open(SPAN.links, 64)
  writer.writeId(LINK.traceId, context.traceId, TRACE_ID_BYTES)
  writer.writeId(LINK.spanId, context.spanId, SPAN_ID_BYTES)
  encodeOptionalText(writer, LINK.traceState, context.traceState?.serialize())
  encodeAttributes(writer, LINK.attributes, attributes)
  writer.writeUint32(LINK.droppedAttributesCount, droppedAttributesCount ?? 0)
  writer.writeFixed32(LINK.flags, flagsOf(context.traceFlags, context.isRemote))
  writer.close()
}

function encodeStatus(writer: ProtobufWriter, { code, message }: SpanStatus): void {
  writer.open(SPAN.status, 2 + (message?.length ?? 0))
  encodeOptionalText(writer, STATUS.message, message)
  writer.writeUint32(STATUS.code, code)
  writer.close()
}

function encodeOptionalText(writer: ProtobufWriter, tag: number, text: string | undefined): void {
  if (text) writer.writeText(tag, text)
}

// SpanFlags of trace.proto: the low byte is the W3C trace flags, bit 8 says that bit 9 is known, bit 9 that the parent or link is remote.
function flagsOf(traceFlags: number, isRemote: boolean | undefined): number {
  return (traceFlags & 0xff) | 0x100 | (isRemote ? 0x200 : 0)
}
