import { LEAST_VALUE_BYTES } from './cut-text.js'
import type { EncodedBatch } from './encoded-batch.js'
import { measureFields, writeFields } from './message-tree.js'
import { ProtobufWriter } from './protobuf-writer.js'
import { type Droppable, readMessageTree } from './read-message-tree.js'

/**
 * Makes a request of one span small enough. Its longest values (inputs and outputs, as a rule) are cut to one length, which is the largest
 * that will do, and end with a mark that says how much is gone. If that is not enough, because there are thousands of small attributes,
 * events or links, the largest of these are left out, and counted where OTLP counts what was dropped. What names the span stays: ids,
 * times, kind, name, status.
 *
 * @param batch - The batch.
 * @param maxBytes - The largest body.
 * @returns A batch whose body is no larger; the batch itself if it is so already; undefined if it cannot be made to fit, as below 1 kB, or
 *   is no request.
 */
export function cutBatch(batch: EncodedBatch, maxBytes: number): EncodedBatch | undefined {
  if (batch.body.byteLength <= maxBytes) return batch
  const tree = readMessageTree(batch.body)
  if (!tree) return undefined
  const fits = (maxValueBytes: number): boolean => measureFields(tree.fields, maxValueBytes) <= maxBytes
  const largestFirst = sortBySize(tree.droppables)
  const leastDropped = firstFrom(0, largestFirst.length, (count) => {
    drop(largestFirst, count)
    return fits(LEAST_VALUE_BYTES)
  })
  if (leastDropped === undefined) return undefined
  drop(largestFirst, leastDropped)
  const tooLong = firstFrom(LEAST_VALUE_BYTES + 1, tree.longestBytes, (maxValueBytes) => !fits(maxValueBytes))
  const maxValueBytes = (tooLong ?? tree.longestBytes + 1) - 1
  const writer = new ProtobufWriter(measureFields(tree.fields, maxValueBytes))
  writeFields(writer, tree.fields, maxValueBytes)
  return { body: writer.written, spanCount: batch.spanCount }
}

// The largest first: what is left of each when all values in it are cut.
function sortBySize(droppables: readonly Droppable[]): readonly Droppable[] {
  return droppables
    .map((droppable) => ({ droppable, bytes: measureFields([droppable.node], LEAST_VALUE_BYTES) }))
    .sort((a, b) => b.bytes - a.bytes)
    .map(({ droppable }) => droppable)
}

// Leaves out the first of them and only these. What is in one that was left out is so too, whether or not it is its own turn.
function drop(droppables: readonly Droppable[], dropped: number): void {
  for (const { count } of droppables) if (count) count.dropped = 0
  for (const [at, { node, count }] of droppables.entries()) {
    node.isDropped = at < dropped
    if (node.isDropped && count) count.dropped++
  }
}

// The first number from `first` to `last` for which something holds that holds for all that follow, too.
function firstFrom(first: number, last: number, holds: (number: number) => boolean): number | undefined {
  if (first > last || !holds(last)) return undefined
  let low = first
  let high = last
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}
