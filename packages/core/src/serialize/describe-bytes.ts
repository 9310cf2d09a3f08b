/** The one function of `node:crypto` that is used where there is Node. */
interface HashModule {
  hash(algorithm: 'sha256', bytes: ArrayBufferView): string
}

interface MaybeNode {
  readonly process?: { getBuiltinModule?(id: 'node:crypto'): HashModule | undefined }
}

/** How many bytes may still be hashed. */
export interface HashBudget {
  left: number
}

/** Bytes that may be hashed for one value: hashing runs on the caller's time, about a millisecond per MiB. */
export const MAX_HASHED_BYTES: number = 8 * 1024 * 1024

/**
 * Stands in for binary data, which is of no use as text and doubles in size as JSON.
 *
 * @param bytes - A Buffer, typed array, DataView or ArrayBuffer.
 * @param budget - Counted down.
 * @returns `[Uint8Array 1024 bytes sha256:5f70bf18a086]`; the hash says whether two are the same. It is left out when the budget does not
 *   allow it and where there is no `process.getBuiltinModule` (browsers, edge runtimes): this package imports nothing of Node.
 */
export function describeBytes(
  bytes: ArrayBufferView | ArrayBufferLike,
  budget: HashBudget = { left: MAX_HASHED_BYTES },
): string {
  const { byteLength } = bytes
  const size = `${bytes.constructor?.name || 'Bytes'} ${byteLength} bytes`
  const crypto = (globalThis as MaybeNode).process?.getBuiltinModule?.('node:crypto')
  if (!crypto || byteLength > budget.left) return `[${size}]`
  budget.left -= byteLength
  const hash = crypto.hash('sha256', ArrayBuffer.isView(bytes) ? bytes : new Uint8Array(bytes))
  return `[${size} sha256:${hash.slice(0, 12)}]`
}
