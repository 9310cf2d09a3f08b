import type { Segment } from './segment.js'

/**
 * Chooses what gives way to a new batch: whole segments, because only those give space back, the oldest first, and none of which something
 * is being delivered.
 *
 * @param segments - Oldest first.
 * @param neededBytes - How much must go.
 * @returns Nothing if that much cannot go: then nothing is to be deleted in vain.
 */
export function chooseEvicted(segments: Iterable<Segment>, neededBytes: number): readonly Segment[] | undefined {
  const chosen: Segment[] = []
  let bytes = 0
  for (const segment of segments) {
    if (segment.index && segment.index.leased.batches > 0) continue
    chosen.push(segment)
    bytes += segment.occupiedBytes
    if (bytes >= neededBytes) return chosen
  }
  return undefined
}
