import { cutString } from './cut-string.js'
import { MAX_HASHED_BYTES } from './describe-bytes.js'
import type { SerializeLimits } from './limits.js'
import { type Unfolded, type UnfoldLimits, unfold } from './unfold.js'
import { utf8Length } from './utf8-length.js'

/** One run of the writer. */
interface Writing extends UnfoldLimits {
  readonly maxDepth: number
  readonly parts: string[]
  /** The containers that are open, to tell a cycle from a repeated reference. */
  readonly open: Set<object>
  /** Bytes that may still be written. */
  left: number
  /** The part of what is left that one string may take: less than all once the value is known to be too large. */
  readonly stringShare: number
  overflowed: boolean
}

/**
 * Writes any value as JSON, however it misbehaves.
 *
 * What cannot be written is described in its place (`[Circular]`, `[Throws: message]`), what does not fit is cut and counted
 * (`…[cut 12 items]`). A value that is too large is written again with every string held to half of what is left, so that one long
 * document does not take the place of all that follows it.
 *
 * @param value - Any value.
 * @param limits - Depth, breadth and bytes.
 * @returns Valid JSON of at most `limits.maxBytes` bytes and the marks that close it.
 */
export function writeJson(value: unknown, limits: SerializeLimits): string {
  const greedy = begin(limits, 1)
  writeRoot(greedy, value)
  if (!greedy.overflowed) return greedy.parts.join('')
  const fair = begin(limits, 0.5)
  writeRoot(fair, value)
  return fair.parts.join('')
}

function begin(limits: SerializeLimits, stringShare: number): Writing {
  return {
    maxDepth: limits.maxDepth,
    maxItems: limits.maxItems,
    hashable: MAX_HASHED_BYTES,
    parts: [],
    open: new Set(),
    left: limits.maxBytes,
    stringShare,
    overflowed: false,
  }
}

function writeRoot(writing: Writing, value: unknown): void {
  const lost = typeof value === 'function' || typeof value === 'symbol' || value === undefined
  // A `toJSON` may give nothing as well; at the root that has to be said.
  if (!write(writing, lost ? describe(value) : value, '', 0)) emit(writing, '"[undefined]"')
}

/** @returns `false` when JSON has nothing for the value, and nothing was written. */
function write(writing: Writing, value: unknown, key: string, depth: number): boolean {
  let unfolded: Unfolded
  let container: object | undefined
  try {
    const own = ownJson(value, key)
    unfolded = unfold(own, writing)
    if (unfolded.shape !== 'scalar') {
      // Lists and members come from objects only.
      container = own as object
      if (writing.open.has(container)) unfolded = { shape: 'scalar', scalar: '[Circular]' }
      else if (depth >= writing.maxDepth) unfolded = { shape: 'scalar', scalar: `[${describeShape(unfolded)}]` }
    }
  } catch (error) {
    unfolded = { shape: 'scalar', scalar: `[Throws: ${messageOf(error)}]` }
  }
  if (unfolded.shape === 'scalar') return writeScalar(writing, unfolded.scalar)
  if (container) writing.open.add(container)
  if (unfolded.shape === 'list') writeList(writing, unfolded, depth)
  else writeMembers(writing, unfolded, depth)
  if (container) writing.open.delete(container)
  return true
}

/** What `toJSON` makes of a value; the value itself where there is none or it throws. Bytes are never turned into arrays of numbers. */
function ownJson(value: unknown, key: string): unknown {
  if (value === null || ArrayBuffer.isView(value)) return value
  if (typeof value !== 'object' && typeof value !== 'function' && typeof value !== 'bigint') return value
  try {
    const { toJSON } = value as { toJSON?: unknown }
    return typeof toJSON === 'function' ? toJSON.call(value, key) : value
  } catch {
    return value
  }
}

function writeScalar(writing: Writing, scalar: string | number | boolean | null | undefined): boolean {
  if (scalar === undefined) return false
  emit(writing, typeof scalar === 'string' ? quote(writing, scalar) : String(scalar))
  return true
}

function writeList(writing: Writing, { count, read, cut }: Unfolded & { shape: 'list' }, depth: number): void {
  emit(writing, '[')
  let written = 0
  while (written < count && writing.left > 0) {
    if (written > 0) emit(writing, ',')
    if (!write(writing, readMember(read, written), String(written), depth + 1)) emit(writing, 'null')
    written++
  }
  const missing = count - written + cut
  if (written < count) writing.overflowed = true
  if (missing > 0) emit(writing, `${written > 0 ? ',' : ''}"…[cut ${missing} items]"`)
  emit(writing, ']')
}

function writeMembers(writing: Writing, { keys, read, cut }: Unfolded & { shape: 'members' }, depth: number): void {
  emit(writing, '{')
  let separator = ''
  let seen = 0
  for (const key of keys) {
    if (writing.left <= 0) break
    seen++
    // Taken back when the value turns out to be none, as JSON drops such members. Its bytes stay counted, so that a graph of nothing but
    // such members comes to an end.
    const { length } = writing.parts
    emit(writing, `${separator}${quote(writing, key)}:`)
    if (write(writing, readMember(read, key), key, depth + 1)) separator = ','
    else writing.parts.length = length
  }
  const missing = keys.length - seen + cut
  if (seen < keys.length) writing.overflowed = true
  if (missing > 0) emit(writing, `${separator}"…":"[cut ${missing} keys]"`)
  emit(writing, '}')
}

function readMember<K>(read: (key: K) => unknown, key: K): unknown {
  try {
    return read(key)
  } catch (error) {
    return `[Throws: ${messageOf(error)}]`
  }
}

// Room for the quotes and the mark of a string that was cut.
const MARK_BYTES = 64

/** A JSON string that fits into what is left. Escapes make it up to six times longer than its text, so that is measured. */
function quote(writing: Writing, text: string): string {
  const room = Math.max(0, Math.floor(writing.left * writing.stringShare))
  let kept = cutString(text, room)
  let json = JSON.stringify(kept)
  for (let bytes = room; utf8Length(json) > room + MARK_BYTES; json = JSON.stringify(kept)) {
    bytes = Math.floor(bytes / 2)
    kept = cutString(text, bytes)
  }
  if (kept !== text) writing.overflowed = true
  return json
}

function emit(writing: Writing, json: string): void {
  writing.parts.push(json)
  writing.left -= utf8Length(json)
}

function describeShape(unfolded: Unfolded): string {
  if (unfolded.shape === 'list') return `Array of ${unfolded.count + unfolded.cut}`
  return unfolded.shape === 'members' ? `Object of ${unfolded.keys.length + unfolded.cut}` : 'Value'
}

function describe(value: unknown): string {
  try {
    return typeof value === 'function' ? `[Function ${value.name || 'anonymous'}]` : `[${String(value)}]`
  } catch {
    // A class may have a static `name` that throws, a revoked Proxy has nothing at all.
    return '[Function]'
  }
}

function messageOf(error: unknown): string {
  try {
    return String(error instanceof Error ? error.message : error).slice(0, 200)
  } catch {
    return 'unknown'
  }
}
