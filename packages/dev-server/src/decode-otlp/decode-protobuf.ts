import { type Attributes, emptyAttributes } from './attributes.js'
import type { DecodedEvent, DecodedScopeSpans, DecodedSpan } from './decoded-span.js'
import { readAttribute } from './protobuf-any-value.js'
import { expectType, FIXED64, readMessage, readUntil, VARINT } from './protobuf-message.js'
import { ProtobufReader } from './protobuf-reader.js'
import { millisFromHalves } from './unix-nano.js'

/**
 * The spans of an `ExportTraceServiceRequest`.
 *
 * Field numbers are those of `opentelemetry/proto/collector/trace/v1/trace_service.proto` and `…/trace/v1/trace.proto`;
 * whatever the mapping does not need (links, flags, dropped counts) is skipped unread.
 *
 * @param body The request body, decompressed.
 * @returns The spans, grouped by resource and scope. Missing ids are empty strings; {@link findMissingIds} reports them.
 * @throws {ProtobufError} If the bytes are no such message.
 * @throws {RangeError} If an attribute value nests too deep.
 */
export function decodeProtobuf(body: Uint8Array): DecodedScopeSpans[] {
  const pbf = new ProtobufReader(body)
  const decoded: DecodedScopeSpans[] = []
  readUntil(pbf, pbf.length, readRequestField, decoded)
  return decoded
}

/**
 * Says which ids are missing in a decoded protobuf export, in the words used for JSON.
 *
 * Log records decode as spans without ids, because the two requests share their field numbers.
 *
 * @param decoded The decoded export.
 * @returns The sentence to refuse it with, or undefined when every span has its ids.
 */
export function findMissingIds(decoded: readonly DecodedScopeSpans[]): string | undefined {
  let [bad, count] = [0, 0]
  for (const { spans } of decoded) {
    count += spans.length
    for (const { traceId, spanId } of spans) if (traceId === '' || spanId === '') bad += 1
  }
  if (bad === 0) return undefined
  return (
    `Invalid OTLP trace export: ${bad} of ${count} spans cannot be read (traceId:absent or spanId:absent). ` +
    'Every span needs a traceId and a spanId. Nothing of this export was stored. ' +
    'This endpoint takes traces only: point exporters of logs elsewhere.'
  )
}

function readRequestField(tag: number, decoded: DecodedScopeSpans[], pbf: ProtobufReader): void {
  if (tag !== 1) return
  const resource: ResourceSpans = { resourceAttributes: emptyAttributes(), groups: [] }
  readMessage(pbf, readResourceSpansField, resource)
  // The resource may come after its spans on the wire, so it is put in when all of it is read.
  for (const { scope, spans } of resource.groups) {
    decoded.push({ resourceAttributes: resource.resourceAttributes, scope, spans })
  }
}

interface ResourceSpans {
  readonly resourceAttributes: Attributes
  readonly groups: ScopeSpans[]
}

interface ScopeSpans {
  readonly scope: { name: string | undefined; version: string | undefined; readonly attributes: Attributes }
  readonly spans: DecodedSpan[]
}

function readResourceSpansField(tag: number, resource: ResourceSpans, pbf: ProtobufReader): void {
  if (tag === 1) readMessage(pbf, readResourceField, resource.resourceAttributes)
  else if (tag === 2) {
    const scope = { name: undefined, version: undefined, attributes: emptyAttributes() }
    const group: ScopeSpans = { scope, spans: [] }
    resource.groups.push(readMessage(pbf, readScopeSpansField, group))
  }
}

function readResourceField(tag: number, attributes: Attributes, pbf: ProtobufReader): void {
  if (tag === 1) readAttribute(pbf, attributes)
}

function readScopeSpansField(tag: number, group: ScopeSpans, pbf: ProtobufReader): void {
  if (tag === 1) readMessage(pbf, readScopeField, group.scope)
  else if (tag === 2) group.spans.push(readMessage(pbf, readSpanField, newSpan()))
}

function readScopeField(tag: number, scope: ScopeSpans['scope'], pbf: ProtobufReader): void {
  if (tag === 1) scope.name = pbf.readText()
  else if (tag === 2) scope.version = pbf.readText()
  else if (tag === 3) readAttribute(pbf, scope.attributes)
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
type SpanInProgress = Mutable<Omit<DecodedSpan, 'events'>> & { readonly events: DecodedEvent[] }

function newSpan(): SpanInProgress {
  return {
    traceId: '',
    spanId: '',
    parentSpanId: '',
    name: '',
    startTimeMillis: undefined,
    endTimeMillis: undefined,
    attributes: emptyAttributes(),
    events: [],
    statusCode: 0,
    statusMessage: undefined,
  }
}

function readSpanField(tag: number, span: SpanInProgress, pbf: ProtobufReader): void {
  switch (tag) {
    case 1:
      span.traceId = pbf.readHex()
      return
    case 2:
      span.spanId = pbf.readHex()
      return
    case 4:
      span.parentSpanId = pbf.readHex()
      return
    case 5:
      span.name = pbf.readKey()
      return
    case 7:
      span.startTimeMillis = readMillis(pbf)
      return
    case 8:
      span.endTimeMillis = readMillis(pbf)
      return
    case 9:
      readAttribute(pbf, span.attributes)
      return
    case 11:
      span.events.push(readMessage(pbf, readEventField, { name: '', attributes: emptyAttributes() }))
      return
    case 15:
      readMessage(pbf, readStatusField, span)
  }
}

function readEventField(tag: number, event: Mutable<DecodedEvent>, pbf: ProtobufReader): void {
  if (tag === 2) event.name = pbf.readText()
  else if (tag === 3) readAttribute(pbf, event.attributes)
}

function readStatusField(tag: number, span: SpanInProgress, pbf: ProtobufReader): void {
  if (tag === 2) span.statusMessage = pbf.readText()
  else if (tag === 3) {
    expectType(pbf, VARINT)
    span.statusCode = pbf.readVarint()
  }
}

function readMillis(pbf: ProtobufReader): number | undefined {
  expectType(pbf, FIXED64)
  const low = pbf.readFixed32()
  const high = pbf.readFixed32()
  // 0 is how proto3 writes "not set".
  return low === 0 && high === 0 ? undefined : millisFromHalves(high, low)
}
