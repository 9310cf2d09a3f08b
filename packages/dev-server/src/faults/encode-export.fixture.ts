import { PbfWriter } from 'pbf'

/** Field numbers of opentelemetry-proto. */
const [TRACE_ID, SPAN_ID, PARENT_ID, NAME, START, END, ATTRIBUTES] = [1, 2, 4, 5, 7, 8, 9] as const

const START_NANOS = 1_795_406_882_480_000_000n

/** An OTLP request as protobuf, with three spans of a trace and a value of every kind. */
export function encodeExport(): Uint8Array {
  const pbf = new PbfWriter()
  pbf.writeMessage(1, writeResourceSpans, [1, 2, 3])
  return pbf.finish()
}

function writeResourceSpans(spans: readonly number[], pbf: PbfWriter): void {
  pbf.writeMessage(1, writeAttribute, 'service.name')
  pbf.writeMessage(2, writeScopeSpans, spans)
}

function writeScopeSpans(spans: readonly number[], pbf: PbfWriter): void {
  pbf.writeMessage(1, writeScope, 'fuzz')
  for (const span of spans) pbf.writeMessage(2, writeSpan, span)
}

function writeScope(name: string, pbf: PbfWriter): void {
  writeText(pbf, 1, name)
}

function writeSpan(span: number, pbf: PbfWriter): void {
  writeBytes(pbf, TRACE_ID, Buffer.alloc(16, 0xab))
  writeBytes(pbf, SPAN_ID, Buffer.alloc(8, span))
  if (span > 1) writeBytes(pbf, PARENT_ID, Buffer.alloc(8, 1))
  writeText(pbf, NAME, `span ${span}`)
  writeFixed64(pbf, START, START_NANOS)
  writeFixed64(pbf, END, START_NANOS + 5_000_000n)
  for (const key of ['user.id', 'langfuse.trace.tags', 'langfuse.observation.input', 'gen_ai.prompt.0.content']) {
    pbf.writeMessage(ATTRIBUTES, writeAttribute, key)
  }
}

function writeAttribute(key: string, pbf: PbfWriter): void {
  writeText(pbf, 1, key)
  pbf.writeMessage(2, writeValue, key)
}

/** Text, or for tags a list of values of every other kind. */
function writeValue(key: string, pbf: PbfWriter): void {
  if (key === 'langfuse.trace.tags') pbf.writeMessage(5, writeList, 'tag')
  else writeText(pbf, 1, `{"of":"${key}"}`)
}

function writeList(item: string, pbf: PbfWriter): void {
  pbf.writeMessage(1, writeScope, item)
  pbf.writeMessage(1, writeNumber, 7)
  pbf.writeMessage(1, writeDouble, 0.5)
}

function writeNumber(value: number, pbf: PbfWriter): void {
  pbf.writeTag(3, 0)
  pbf.writeVarint(value)
}

function writeDouble(value: number, pbf: PbfWriter): void {
  pbf.writeTag(4, 1)
  pbf.writeDouble(value)
}

function writeFixed64(pbf: PbfWriter, field: number, value: bigint): void {
  pbf.writeTag(field, 1)
  pbf.writeFixed32(Number(value & 0xffff_ffffn))
  pbf.writeFixed32(Number(value >> 32n))
}

function writeText(pbf: PbfWriter, field: number, text: string): void {
  pbf.writeTag(field, 2)
  pbf.writeString(text)
}

function writeBytes(pbf: PbfWriter, field: number, bytes: Uint8Array): void {
  pbf.writeTag(field, 2)
  pbf.writeBytes(bytes)
}
