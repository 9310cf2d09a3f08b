import { PbfReader } from 'pbf'

/** A span as it stood in a request, with its attributes as a plain record. */
export interface ReceivedSpan {
  readonly name: string
  readonly spanId: string
  readonly parentSpanId: string | undefined
  readonly scope: string
  readonly attributes: Readonly<Record<string, unknown>>
  readonly resource: Readonly<Record<string, unknown>>
  readonly status: { readonly code: number; readonly message: string }
  readonly events: readonly { readonly name: string; readonly attributes: Readonly<Record<string, unknown>> }[]
}

type Attributes = Record<string, unknown>

/**
 * Reads a request of OTLP in protobuf with a reader that is not the exporter's. Field numbers: opentelemetry-proto 1.x.
 *
 * @param body - The request, not compressed.
 */
export function readOtlpSpans(body: Uint8Array): readonly ReceivedSpan[] {
  const spans: ReceivedSpan[] = []
  new PbfReader(body).readFields((tag, _, pbf) => {
    if (tag === 1) spans.push(...readResourceSpans(pbf))
  }, undefined)
  return spans
}

function readResourceSpans(pbf: PbfReader): ReceivedSpan[] {
  const resource: Attributes = {}
  const scopes: { scope: string; spans: Omit<ReceivedSpan, 'scope' | 'resource'>[] }[] = []
  pbf.readMessage((tag) => {
    if (tag === 1) pbf.readMessage((inner) => void (inner === 1 && readKeyValue(pbf, resource)), undefined)
    if (tag === 2) scopes.push(readScopeSpans(pbf))
  }, undefined)
  return scopes.flatMap(({ scope, spans }) => spans.map((span) => ({ ...span, scope, resource })))
}

function readScopeSpans(pbf: PbfReader): { scope: string; spans: Omit<ReceivedSpan, 'scope' | 'resource'>[] } {
  const found = { scope: '', spans: [] as Omit<ReceivedSpan, 'scope' | 'resource'>[] }
  pbf.readMessage((tag) => {
    if (tag === 1) {
      pbf.readMessage((inner) => {
        if (inner === 1) found.scope = pbf.readString()
      }, undefined)
    }
    if (tag === 2) found.spans.push(readSpan(pbf))
  }, undefined)
  return found
}

function readSpan(pbf: PbfReader): Omit<ReceivedSpan, 'scope' | 'resource'> {
  const attributes: Attributes = {}
  const events: { name: string; attributes: Attributes }[] = []
  const status = { code: 0, message: '' }
  const span = { name: '', spanId: '', parentSpanId: undefined as string | undefined, attributes, status, events }
  const hex = (): string => Buffer.from(pbf.readBytes()).toString('hex')
  pbf.readMessage((tag) => {
    if (tag === 2) span.spanId = hex()
    if (tag === 4) span.parentSpanId = hex() || undefined
    if (tag === 5) span.name = pbf.readString()
    if (tag === 9) readKeyValue(pbf, attributes)
    if (tag === 11) events.push(readEvent(pbf))
    if (tag === 15) {
      pbf.readMessage((inner) => {
        if (inner === 2) status.message = pbf.readString()
        if (inner === 3) status.code = pbf.readVarint()
      }, undefined)
    }
  }, undefined)
  return span
}

function readEvent(pbf: PbfReader): { name: string; attributes: Attributes } {
  const event = { name: '', attributes: {} as Attributes }
  pbf.readMessage((tag) => {
    if (tag === 2) event.name = pbf.readString()
    if (tag === 3) readKeyValue(pbf, event.attributes)
  }, undefined)
  return event
}

function readKeyValue(pbf: PbfReader, into: Attributes): void {
  let key = ''
  let value: unknown
  pbf.readMessage((tag) => {
    if (tag === 1) key = pbf.readString()
    if (tag === 2) value = readValue(pbf)
  }, undefined)
  into[key] = value
}

function readValue(pbf: PbfReader): unknown {
  let value: unknown
  pbf.readMessage((tag) => {
    if (tag === 1) value = pbf.readString()
    if (tag === 2) value = pbf.readBoolean()
    if (tag === 3) value = pbf.readVarint(true)
    if (tag === 4) value = pbf.readDouble()
    if (tag === 5) {
      const values: unknown[] = []
      pbf.readMessage((inner) => void (inner === 1 && values.push(readValue(pbf))), undefined)
      value = values
    }
    if (tag === 6) {
      const entries: Attributes = {}
      pbf.readMessage((inner) => void (inner === 1 && readKeyValue(pbf, entries)), undefined)
      value = entries
    }
    if (tag === 7) value = pbf.readBytes()
  }, undefined)
  return value
}
