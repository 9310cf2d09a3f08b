/** The longest mark: `…[cut: 4294967295 bytes]`. */
const MOST_MARK_BYTES = 26

/** Below this there is no room for the beginning of a text and a mark. */
export const LEAST_VALUE_BYTES = 64

/** A text that was cut: how much of it is kept, and the mark that follows. */
export interface Cut {
  readonly keptBytes: number
  readonly mark: string
  /** Both together. */
  readonly bytes: number
}

/**
 * Cuts an encoded text between two characters, and says how much is gone.
 *
 * @param text - UTF-8, or what pretends to be.
 * @param maxBytes - What it may take with its mark, at least {@link LEAST_VALUE_BYTES}.
 * @returns How to cut it; `undefined` when it is short enough.
 */
export function cutText(text: Uint8Array, maxBytes: number): Cut | undefined {
  if (text.length <= maxBytes) return undefined
  let keptBytes = maxBytes - MOST_MARK_BYTES
  // Back to where a character begins; it has three bytes more at most.
  for (let back = 0; back < 3 && isContinuation(text[keptBytes]); back++) keptBytes--
  return cutAt(text, keptBytes)
}

/**
 * Replaces bytes that are no text: a part of them is of no use, and would pass for the whole.
 *
 * @param binary - The bytes.
 * @param maxBytes - What they may take, at least {@link LEAST_VALUE_BYTES}.
 * @returns The mark alone; `undefined` when they are few enough.
 */
export function cutBinary(binary: Uint8Array, maxBytes: number): Cut | undefined {
  return binary.length <= maxBytes ? undefined : cutAt(binary, 0)
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80
}

function cutAt(value: Uint8Array, keptBytes: number): Cut {
  const mark = `…[cut: ${value.length - keptBytes} bytes]`
  return { keptBytes, mark, bytes: keptBytes + Buffer.byteLength(mark) }
}
