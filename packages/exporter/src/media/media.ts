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

/**
 * Masks what can be masked of a file.
 *
 * @param bytes - The file.
 * @param contentType - What it says it is.
 * @param place - The attribute it was in, and the name of its span.
 * @returns The file itself if there is nothing to mask.
 */
export type MaskFile = (
  bytes: Uint8Array,
  contentType: string,
  place: { readonly key: string; readonly spanName: string },
) => Uint8Array
