import { processSlot } from '../process-slot.js'

/** How many bytes of one value were hashed. */
export interface HashBudget {
  hashed: number
}

/**
 * Stands in for binary data, which is of no use as text and doubles in size as JSON.
 *
 * @param bytes - A Buffer, typed array, DataView or ArrayBuffer.
 * @param budget - Of the value that holds it.
 * @returns `[Uint8Array 1024 bytes sha256:5f70bf18a086]`; without the hash where there is no Node, and where it would take too long.
 */
export function describeBytes(bytes: ArrayBufferView | ArrayBufferLike, budget: HashBudget = { hashed: 0 }): string {
  const hash = processSlot().node?.hashOf(bytes, budget) ?? ''
  return `[${bytes.constructor?.name || 'Bytes'} ${bytes.byteLength} bytes${hash}]`
}
