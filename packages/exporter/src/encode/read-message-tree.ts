import { LEAST_VALUE_BYTES } from './cut-text.js'
import { FieldCursor } from './field-cursor.js'
import type { Count, Kept, Message, TreeNode } from './message-tree.js'
import { type FieldShape, type MessageName, REQUEST_SCHEMA } from './request-schema.js'
import { BYTES, VARINT } from './wire-type.js'

/** Messages in one another that are looked into: readers of protobuf follow 100, and no bytes must make ours leave the stack. */
const MOST_LEVELS = 100

/** A field that can be left out. */
export interface Droppable {
  readonly node: Kept | Message
  /** Where that is to be counted. */
  readonly count: Count | undefined
}

/** A request, taken apart as far as it can be made smaller. */
export interface MessageTree {
  readonly fields: readonly TreeNode[]
  readonly droppables: readonly Droppable[]
  /** Length of the longest value that can be cut. */
  readonly longestBytes: number
}

/**
 * Takes a request apart as far as it can be made smaller.
 *
 * @param body - An `ExportTraceServiceRequest`, or any other bytes: they may come from a disk.
 * @returns Undefined if it is no request.
 */
export function readMessageTree(body: Uint8Array): MessageTree | undefined {
  const found: Found = { body, droppables: [], longestBytes: 0 }
  const fields = readFields(found, 'request', 0, body.length, MOST_LEVELS)
  return fields && { fields, droppables: found.droppables, longestBytes: found.longestBytes }
}

interface Found {
  readonly body: Uint8Array
  readonly droppables: Droppable[]
  longestBytes: number
}

function readFields(
  found: Found,
  name: MessageName,
  start: number,
  end: number,
  levels: number,
): readonly TreeNode[] | undefined {
  const cursor = new FieldCursor(found.body, start, end)
  const nodes: TreeNode[] = []
  const counts = new Map<number, Count>()
  while (cursor.next()) {
    const shape = shapeOf(name, cursor.tag)
    if (shape?.content === 'count') {
      countIn(counts, cursor.tag >>> 3).before = cursor.varint
      continue
    }
    const node = readField(found, shape, cursor, levels)
    if (!node) return undefined
    nodes.push(node)
    if (shape?.isDroppable && (node.kind === 'kept' || node.kind === 'message')) {
      const count = shape.countedIn === undefined ? undefined : countIn(counts, shape.countedIn)
      found.droppables.push({ node, count })
    }
  }
  return cursor.isMalformed ? undefined : [...nodes, ...counts.values()]
}

function shapeOf(name: MessageName, tag: number): FieldShape | undefined {
  const shape = REQUEST_SCHEMA[name][tag >>> 3]
  return shape && (tag & 7) === (shape.content === 'count' ? VARINT : BYTES) ? shape : undefined
}

function countIn(counts: Map<number, Count>, number: number): Count {
  const known = counts.get(number)
  if (known) return known
  const count: Count = { kind: 'count', number, before: undefined, dropped: 0 }
  counts.set(number, count)
  return count
}

function readField(
  found: Found,
  shape: FieldShape | undefined,
  { tag, start, valueStart, end }: FieldCursor,
  levels: number,
): TreeNode | undefined {
  const kept: Kept = { kind: 'kept', field: found.body.subarray(start, end), isDropped: false }
  const content = shape?.content ?? 'opaque'
  switch (content) {
    case 'opaque':
    case 'count':
      return kept
    case 'text':
    case 'binary':
      if (end - valueStart <= LEAST_VALUE_BYTES) return kept
      found.longestBytes = Math.max(found.longestBytes, end - valueStart)
      return { kind: content, tag, value: found.body.subarray(valueStart, end) }
    default: {
      if (levels === 0) return kept
      const fields = readFields(found, content, valueStart, end, levels - 1)
      // Most messages hold nothing that can be made smaller, and then need not be taken apart.
      if (!fields || fields.every(({ kind }) => kind === 'kept')) return fields && kept
      return { kind: 'message', tag, fields, bytes: 0, isDropped: false }
    }
  }
}
