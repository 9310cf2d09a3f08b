import { type Cut, cutBinary, cutText } from './cut-text.js'
import type { ProtobufWriter } from './protobuf-writer.js'
import { BYTES, fieldBytes, tagOf, VARINT, varintBytes } from './wire-type.js'

/** `AnyValue.string_value`: what bytes become when they are cut. */
const STRING = tagOf(1, BYTES)

/** A field of a message, as far as it matters for making the message smaller. */
export type TreeNode = Kept | LongValue | Count | Message

/** A field that stays as it is, or goes. */
export interface Kept {
  readonly kind: 'kept'
  /** With tag and length. */
  readonly field: Uint8Array
  isDropped: boolean
}

/** A value that can be cut. */
export interface LongValue {
  readonly kind: 'text' | 'binary'
  readonly tag: number
  readonly value: Uint8Array
}

/** How many fields of some kind were left out. */
export interface Count {
  readonly kind: 'count'
  readonly number: number
  /** As it was read; undefined when it was not there, which is 0. */
  before: number | undefined
  /** To be added. */
  dropped: number
}

/** A message in which something can be made smaller. */
export interface Message {
  readonly kind: 'message'
  readonly tag: number
  readonly fields: readonly TreeNode[]
  /** Its length when it was last measured. */
  bytes: number
  isDropped: boolean
}

/**
 * Measures fields in which every long value is cut, and notes the lengths of messages for {@link writeFields}.
 *
 * @param fields - The fields.
 * @param maxValueBytes - What a value may take, see `cut-text.ts`.
 * @returns Bytes.
 */
export function measureFields(fields: readonly TreeNode[], maxValueBytes: number): number {
  let bytes = 0
  for (const node of fields) bytes += measure(node, maxValueBytes)
  return bytes
}

/**
 * Writes fields as they were measured.
 *
 * @param writer - Where to.
 * @param fields - The fields.
 * @param maxValueBytes - The same as when they were measured last.
 */
export function writeFields(writer: ProtobufWriter, fields: readonly TreeNode[], maxValueBytes: number): void {
  for (const node of fields) write(writer, node, maxValueBytes)
}

function measure(node: TreeNode, maxValueBytes: number): number {
  switch (node.kind) {
    case 'kept':
      return node.isDropped ? 0 : node.field.length
    case 'text':
    case 'binary':
      return fieldBytes(node.tag, cutOf(node, maxValueBytes)?.bytes ?? node.value.length)
    case 'count': {
      const total = totalOf(node)
      return total === undefined ? 0 : varintBytes(tagOf(node.number, VARINT)) + varintBytes(total)
    }
    case 'message':
      if (node.isDropped) return 0
      node.bytes = measureFields(node.fields, maxValueBytes)
      return fieldBytes(node.tag, node.bytes)
  }
}

function write(writer: ProtobufWriter, node: TreeNode, maxValueBytes: number): void {
  switch (node.kind) {
    case 'kept':
      if (!node.isDropped) writer.append(node.field)
      break
    case 'text':
    case 'binary':
      writeValue(writer, node, cutOf(node, maxValueBytes))
      break
    case 'count': {
      const total = totalOf(node)
      if (total !== undefined) writer.writeUint32(tagOf(node.number, VARINT), total)
      break
    }
    case 'message':
      if (node.isDropped) break
      writer.writeHeader(node.tag, node.bytes)
      writeFields(writer, node.fields, maxValueBytes)
  }
}

function cutOf({ kind, value }: LongValue, maxBytes: number): Cut | undefined {
  return kind === 'text' ? cutText(value, maxBytes) : cutBinary(value, maxBytes)
}

function writeValue(writer: ProtobufWriter, { tag, kind, value }: LongValue, cut: Cut | undefined): void {
  if (!cut) {
    writer.writeBytes(tag, value)
    return
  }
  writer.writeHeader(kind === 'text' ? tag : STRING, cut.bytes)
  writer.append(value.subarray(0, cut.keptBytes))
  writer.append(Buffer.from(cut.mark))
}

// Undefined when there is nothing to say. A count has 32 bits.
function totalOf({ before, dropped }: Count): number | undefined {
  if (before === undefined && dropped === 0) return undefined
  return Math.min((before ?? 0) + dropped, 2 ** 32 - 1)
}
