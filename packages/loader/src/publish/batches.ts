/** A part of a batch, and its JSON. */
export interface EncodedPart<Part> {
  readonly part: Part
  readonly json: string
}

// Langfuse takes 4.5 MB a request; half of it leaves room for whatever stands around the parts.
const MAX_BATCH_BYTES = 2 * 1024 * 1024
const MAX_BATCH_PARTS = 500

/** The largest part that Langfuse takes by itself, in bytes. */
export const MAX_PART_BYTES = 4_000_000

/**
 * Packs parts into batches that Langfuse takes.
 *
 * @param parts - The parts.
 * @returns The batches, in order; a part that is larger than a batch goes alone.
 */
export function packBatches<Part>(parts: readonly EncodedPart<Part>[]): readonly (readonly EncodedPart<Part>[])[] {
  const batches: EncodedPart<Part>[][] = []
  let bytes = 0
  for (const part of parts) {
    const size = Buffer.byteLength(part.json)
    const last = batches.at(-1)
    if (last === undefined || last.length >= MAX_BATCH_PARTS || bytes + size > MAX_BATCH_BYTES) {
      batches.push([part])
      bytes = size
    } else {
      last.push(part)
      bytes += size
    }
  }
  return batches
}
