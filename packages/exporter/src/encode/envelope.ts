/**
 * What stands around the spans of one resource, or of one scope: the message that holds them, without them. Spans with equal envelopes
 * share one.
 */
export interface Envelope {
  /** The encoded fields before the spans: the resource or scope itself. */
  readonly head: Uint8Array
  /** The encoded fields behind the spans: the schema URL. */
  readonly tail: Uint8Array
  /** Equal for envelopes of the same fields. */
  readonly key: string
}

/**
 * Puts an envelope together.
 *
 * @param head - The fields before the spans.
 * @param tail - The fields behind them.
 */
export function createEnvelope(head: Uint8Array, tail: Uint8Array): Envelope {
  return { head, tail, key: latin1(head) + latin1(tail) }
}

// A character a byte: the cheapest string that tells bytes apart.
function latin1({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('latin1')
}
