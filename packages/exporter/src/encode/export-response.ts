import { FieldCursor } from './field-cursor.js'
import { BYTES, tagOf, VARINT } from './wire-type.js'

// Field numbers of opentelemetry/proto/collector/trace/v1/trace_service.proto.
const PARTIAL_SUCCESS = tagOf(1, BYTES)
const REJECTED_SPANS = tagOf(1, VARINT)
const ERROR_MESSAGE = tagOf(2, BYTES)

/** What a server says of a request that it has accepted, or most of it. */
export interface ExportResponse {
  /** Spans it did not take. */
  readonly rejectedSpans: number
  /** Why, or a warning; empty when it has none. Comes from outside: it may hold anything. */
  readonly errorMessage: string
}

/**
 * Reads an `ExportTraceServiceResponse` of OTLP in protobuf.
 *
 * @param bytes - The body of an answer. An empty one says that all is well.
 * @returns What it says; undefined when the bytes are no such message.
 */
export function readExportResponse(bytes: Uint8Array): ExportResponse | undefined {
  let rejectedSpans = 0
  let errorMessage = ''
  const response = new FieldCursor(bytes)
  while (response.next()) {
    if (response.tag !== PARTIAL_SUCCESS) continue
    const partial = new FieldCursor(bytes, response.valueStart, response.end)
    while (partial.next()) {
      // 64 bits with a sign: a number below 0 says nothing, one beyond all counts is still one.
      if (partial.tag === REJECTED_SPANS) rejectedSpans = partial.varint < 2 ** 63 ? partial.varint : 0
      if (partial.tag === ERROR_MESSAGE) errorMessage = textOf(bytes.subarray(partial.valueStart, partial.end))
    }
    if (partial.isMalformed) return undefined
  }
  return response.isMalformed ? undefined : { rejectedSpans, errorMessage }
}

function textOf({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('utf8')
}
