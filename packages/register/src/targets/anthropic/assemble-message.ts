import type { StreamAssembly } from '../../calls/model-operation.js'
import { fieldsOf, textOf } from '../../calls/read-fields.js'

type Writable = Record<string, unknown>

// https://docs.anthropic.com/en/docs/build-with-claude/streaming

/**
 * Puts the events of a streamed message together.
 */
export function assembleMessage(): StreamAssembly {
  let message: Writable = {}
  let usage: Writable = {}
  // By index, which a server may make as large as it likes.
  const blocks = new Map<unknown, Writable>()
  return {
    add(event) {
      const { type, message: begun, index, content_block, delta, usage: counted } = fieldsOf(event)
      if (type === 'message_start') {
        message = { ...fieldsOf(begun) }
        usage = { ...fieldsOf(message.usage) }
      } else if (type === 'message_delta') {
        message = { ...message, ...fieldsOf(delta) }
        // Output tokens so far; later versions repeat the input's as well, or give them as null.
        const known = Object.entries(fieldsOf(counted)).filter(([, amount]) => amount !== null)
        usage = { ...usage, ...Object.fromEntries(known) }
      } else if (type === 'content_block_start') blocks.set(index, { ...fieldsOf(content_block) })
      else if (type === 'content_block_delta') {
        const block = blocks.get(index)
        if (block) addDelta(block, fieldsOf(delta))
        return true
      }
      return false
    },
    result: () => ({ ...message, usage, content: [...blocks.values()].map(settled) }),
  }
}

/** What a tool is called with comes as pieces of JSON. */
const PIECES = 'partial_json'

function addDelta(block: Writable, delta: Readonly<Record<string, unknown>>): void {
  const { type, citation, ...pieces } = delta
  if (citation !== undefined) block.citations = [...(Array.isArray(block.citations) ? block.citations : []), citation]
  // `text`, `thinking`, `signature`, `partial_json`.
  for (const [name, piece] of Object.entries(pieces)) block[name] = `${textOf(block[name]) ?? ''}${textOf(piece) ?? ''}`
}

function settled(block: Writable): Writable {
  const { [PIECES]: json, ...rest } = block
  if (typeof json !== 'string' || json === '') return rest
  try {
    return { ...rest, input: JSON.parse(json) }
  } catch {
    // The stream was cut off.
    return { ...rest, input: json }
  }
}
