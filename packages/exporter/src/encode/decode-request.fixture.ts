import { PbfReader } from 'pbf'

/** A span of a request, decoded as far as tests look at it. Numbers are those of the wire. */
export interface DecodedSpan {
  traceId: string
  spanId: string
  traceState: string
  parentSpanId: string
  name: string
  kind: number
  startTimeUnixNano: bigint
  endTimeUnixNano: bigint
  attributes: [key: string, value: unknown][]
  droppedAttributesCount: number
  events: DecodedPart[]
  droppedEventsCount: number
  links: DecodedPart[]
  droppedLinksCount: number
  status: { message: string; code: number }
  flags: number
  resource: DecodedPart
  scope: DecodedPart
}

/** An event, a link, a resource or a scope. */
export interface DecodedPart {
  name: string
  version: string
  schemaUrl: string
  traceId: string
  spanId: string
  attributes: [key: string, value: unknown][]
  droppedAttributesCount: number
}

/**
 * Decodes a request with pbf, which shares no code with the encoder. Field numbers are those of opentelemetry-proto.
 *
 * @param body - The request.
 * @throws If a message does not end where it says, or a string is not UTF-8.
 */
export function decodeRequest(body: Uint8Array): DecodedSpan[] {
  const pbf = new PbfReader(body)
  const spans: DecodedSpan[] = []
  readTo(pbf, body.length, (field) => {
    if (field === 1) spans.push(...readResourceSpans(pbf))
  })
  return spans
}

type ReadField = (field: number) => void

function readTo(pbf: PbfReader, end: number, readField: ReadField): void {
  if (end > pbf.length) throw new RangeError(`a message ends at ${end}, the bytes at ${pbf.length}`)
  pbf.readFields(readField, undefined, end)
  if (pbf.pos !== end) throw new RangeError(`a message should end at ${end}, and its fields end at ${pbf.pos}`)
}

function readMessage(pbf: PbfReader, readField: ReadField): void {
  if (pbf.type !== 2) throw new TypeError(`wire type ${pbf.type} at ${pbf.pos}`)
  const bytes = pbf.readVarint()
  readTo(pbf, pbf.pos + bytes, readField)
}

function readResourceSpans(pbf: PbfReader): DecodedSpan[] {
  const resource = newPart()
  const spans: DecodedSpan[] = []
  readMessage(pbf, (field) => {
    if (field === 1) readPart(pbf, resource, { attributes: 1, dropped: 2 })
    if (field === 2) spans.push(...readScopeSpans(pbf, resource))
    if (field === 3) resource.schemaUrl = readText(pbf)
  })
  return spans
}

function readScopeSpans(pbf: PbfReader, resource: DecodedPart): DecodedSpan[] {
  const scope = newPart()
  const spans: DecodedSpan[] = []
  readMessage(pbf, (field) => {
    if (field === 1) readPart(pbf, scope, { name: 1, version: 2, attributes: 3, dropped: 4 })
    if (field === 2) spans.push(readSpan(pbf, resource, scope))
    if (field === 3) scope.schemaUrl = readText(pbf)
  })
  return spans
}

function readSpan(pbf: PbfReader, resource: DecodedPart, scope: DecodedPart): DecodedSpan {
  const span: DecodedSpan = {
    traceId: '',
    spanId: '',
    traceState: '',
    parentSpanId: '',
    name: '',
    kind: 0,
    startTimeUnixNano: 0n,
    endTimeUnixNano: 0n,
    attributes: [],
    droppedAttributesCount: 0,
    events: [],
    droppedEventsCount: 0,
    links: [],
    droppedLinksCount: 0,
    status: { message: '', code: 0 },
    flags: 0,
    resource,
    scope,
  }
  readMessage(pbf, (field) => {
    if (field === 1) span.traceId = readId(pbf)
    if (field === 2) span.spanId = readId(pbf)
    if (field === 3) span.traceState = readText(pbf)
    if (field === 4) span.parentSpanId = readId(pbf)
    if (field === 5) span.name = readText(pbf)
    if (field === 6) span.kind = pbf.readVarint()
    if (field === 7) span.startTimeUnixNano = readNanos(pbf)
    if (field === 8) span.endTimeUnixNano = readNanos(pbf)
    if (field === 9) span.attributes.push(readKeyValue(pbf))
    if (field === 10) span.droppedAttributesCount = pbf.readVarint()
    if (field === 11) span.events.push(readPart(pbf, newPart(), { name: 2, attributes: 3, dropped: 4 }))
    if (field === 12) span.droppedEventsCount = pbf.readVarint()
    if (field === 13) span.links.push(readPart(pbf, newPart(), { traceId: 1, spanId: 2, attributes: 4, dropped: 5 }))
    if (field === 14) span.droppedLinksCount = pbf.readVarint()
    if (field === 15) readStatus(pbf, span)
    if (field === 16) span.flags = pbf.readFixed32()
  })
  return span
}

function newPart(): DecodedPart {
  return { name: '', version: '', schemaUrl: '', traceId: '', spanId: '', attributes: [], droppedAttributesCount: 0 }
}

/** Field numbers, which every message has its own of. */
interface PartFields {
  readonly name?: number
  readonly version?: number
  readonly traceId?: number
  readonly spanId?: number
  readonly attributes: number
  readonly dropped: number
}

function readPart(pbf: PbfReader, part: DecodedPart, fields: PartFields): DecodedPart {
  readMessage(pbf, (field) => {
    if (field === fields.name) part.name = readText(pbf)
    if (field === fields.version) part.version = readText(pbf)
    if (field === fields.traceId) part.traceId = readId(pbf)
    if (field === fields.spanId) part.spanId = readId(pbf)
    if (field === fields.attributes) part.attributes.push(readKeyValue(pbf))
    if (field === fields.dropped) part.droppedAttributesCount = pbf.readVarint()
  })
  return part
}

function readStatus(pbf: PbfReader, { status }: DecodedSpan): void {
  readMessage(pbf, (field) => {
    if (field === 2) status.message = readText(pbf)
    if (field === 3) status.code = pbf.readVarint()
  })
}

function readKeyValue(pbf: PbfReader): [key: string, value: unknown] {
  let key = ''
  let value: unknown
  readMessage(pbf, (field) => {
    if (field === 1) key = readText(pbf)
    if (field === 2) value = readAnyValue(pbf)
  })
  return [key, value]
}

function readAnyValue(pbf: PbfReader): unknown {
  let value: unknown
  readMessage(pbf, (field) => {
    if (field === 1) value = readText(pbf)
    if (field === 2) value = pbf.readBoolean()
    if (field === 3) value = pbf.readVarint(true)
    if (field === 4) value = pbf.readDouble()
    if (field === 5) value = readList(pbf, readAnyValue)
    if (field === 6) value = Object.fromEntries(readList(pbf, readKeyValue))
    if (field === 7) value = Uint8Array.from(pbf.readBytes())
  })
  return value
}

function readList<T>(pbf: PbfReader, readItem: (pbf: PbfReader) => T): T[] {
  const items: T[] = []
  readMessage(pbf, (field) => {
    if (field === 1) items.push(readItem(pbf))
  })
  return items
}

function readText(pbf: PbfReader): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(pbf.readBytes())
}

function readId(pbf: PbfReader): string {
  return Buffer.from(pbf.readBytes()).toString('hex')
}

function readNanos(pbf: PbfReader): bigint {
  const low = BigInt(pbf.readFixed32())
  return (BigInt(pbf.readFixed32()) << 32n) | low
}
