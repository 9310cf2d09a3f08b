import type { EncodedBatch } from './encoded-batch.js'

/** How many spans are in batches. */
export function countSpans(batches: readonly EncodedBatch[]): number {
  return batches.reduce((sum, { spanCount }) => sum + spanCount, 0)
}
