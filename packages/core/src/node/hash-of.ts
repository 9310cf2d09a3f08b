import type { HashBudget } from '../serialize/describe-bytes.js'

/** The one function of `node:crypto` that is used. */
interface HashModule {
  hash?(algorithm: 'sha256', bytes: ArrayBufferView): string
}

interface MaybeNode {
  readonly process?: { getBuiltinModule?(id: 'node:crypto'): HashModule | undefined }
}

// For one value: hashing runs on the caller's time, about a millisecond per MiB.
const MAX_HASHED_BYTES = 8 * 1024 * 1024

/**
 * What tells binary data from other data of the same size.
 *
 * @param bytes - A Buffer, typed array, DataView or ArrayBuffer.
 * @param budget - Counts what was hashed.
 * @returns ` sha256:5f70bf18a086`; empty when more than 8 MiB would have been hashed.
 */
export function hashOf(bytes: ArrayBufferView | ArrayBufferLike, budget: HashBudget): string {
  // Asked for and not imported: whoever bundles this entry for another runtime gets no hashes, rather than no bundle.
  const crypto = (globalThis as MaybeNode).process?.getBuiltinModule?.('node:crypto')
  // Runtimes that stand in for Node have not all of it.
  if (!crypto?.hash || budget.hashed + bytes.byteLength > MAX_HASHED_BYTES) return ''
  budget.hashed += bytes.byteLength
  return ` sha256:${crypto.hash('sha256', ArrayBuffer.isView(bytes) ? bytes : new Uint8Array(bytes)).slice(0, 12)}`
}
