/** Spans as the body of one request: an encoded `ExportTraceServiceRequest` of OTLP 1.x in protobuf, not compressed. */
export interface EncodedBatch {
  readonly body: Uint8Array
  readonly spanCount: number
}
