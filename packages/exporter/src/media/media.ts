/** A file that was in a span. */
export interface Media {
  /** Langfuse's name for it: what references say. */
  readonly id: string
  readonly contentType: string
  readonly bytes: Uint8Array
  /** SHA-256 in base64. */
  readonly sha256: string
  /** Where in the span it was. */
  readonly field: 'input' | 'output' | 'metadata'
  readonly traceId: string
  readonly spanId: string
}
