/** The one function of `node:crypto` that is used where there is Node. */
interface HashModule {
  createHash(algorithm: 'sha256'): { update(bytes: Uint8Array): { digest(encoding: 'hex'): string } }
}

interface MaybeNode {
  readonly process?: { getBuiltinModule?(id: 'node:crypto'): HashModule | undefined }
}

/** Bytes that may be hashed for one value: hashing runs on the caller's time, about a millisecond per MiB. */
export const MAX_HASHED_BYTES: number = 8 * 1024 * 1024

/** Whether a value is binary data. */
export function isBytes(value: object): value is ArrayBufferView | ArrayBufferLike {
  // Browsers have shared memory only for pages that are isolated.
  const Shared = globalThis.SharedArrayBuffer ?? ArrayBuffer
  return ArrayBuffer.isView(value) || value instanceof ArrayBuffer || value instanceof Shared
}

/**
 * Stands in for binary data, which is of no use as text and doubles in size as JSON.
 *
 * @param bytes - A Buffer, typed array, DataView or ArrayBuffer.
 * @param budget - Bytes that may still be hashed; counted down.
 * @returns `[Uint8Array 1024 bytes sha256:5f70bf18a086]`; the hash says whether two are the same. It is left out when the budget does not
 *   allow it and where there is no `process.getBuiltinModule` (browsers, edge runtimes): this package imports nothing of Node.
 */
export function describeBytes(
  bytes: ArrayBufferView | ArrayBufferLike,
  budget: { hashable: number } = { hashable: MAX_HASHED_BYTES },
): string {
  // An ArrayBuffer has no buffer underneath.
  const { buffer = bytes as ArrayBufferLike, byteOffset, byteLength } = bytes as ArrayBufferView
  const size = `${bytes.constructor?.name || 'Bytes'} ${byteLength} bytes`
  const crypto = (globalThis as MaybeNode).process?.getBuiltinModule?.('node:crypto')
  if (!crypto || byteLength > budget.hashable) return `[${size}]`
  budget.hashable -= byteLength
  const hash = crypto
    .createHash('sha256')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex')
  return `[${size} sha256:${hash.slice(0, 12)}]`
}
