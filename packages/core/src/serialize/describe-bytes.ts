/** The one function of `node:crypto` that is used where there is Node. */
interface HashModule {
  createHash(algorithm: 'sha256'): { update(bytes: Uint8Array): { digest(encoding: 'hex'): string } }
}

interface MaybeNode {
  readonly process?: { getBuiltinModule?(id: 'node:crypto'): HashModule | undefined }
}

/** Bytes that may be hashed for one value: hashing runs on the caller's time, about a millisecond per MiB. */
export const MAX_HASHED_BYTES: number = 8 * 1024 * 1024

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
  const name = bytes.constructor?.name || 'Bytes'
  const { byteLength } = bytes
  if (byteLength > budget.hashable) return `[${name} ${byteLength} bytes]`
  budget.hashable -= byteLength
  const hash = sha256Prefix(bytes)
  return `[${name} ${byteLength} bytes${hash === undefined ? '' : ` sha256:${hash}`}]`
}

function sha256Prefix(bytes: ArrayBufferView | ArrayBufferLike): string | undefined {
  const crypto = (globalThis as MaybeNode).process?.getBuiltinModule?.('node:crypto')
  const view = ArrayBuffer.isView(bytes)
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes)
  return crypto?.createHash('sha256').update(view).digest('hex').slice(0, 12)
}
