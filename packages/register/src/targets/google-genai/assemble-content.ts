import type { StreamAssembly } from '../../calls/model-operation.js'
import { fieldsOf, listOf } from '../../calls/read-fields.js'

type Writable = Record<string, unknown>

/**
 * Puts the chunks of `generateContentStream` together. Each is a response of its own; usage and reasons of the last one hold.
 */
export function assembleContent(): StreamAssembly {
  let last: Writable = {}
  // By index, which a server may make as large as it likes.
  const candidates = new Map<unknown, { role: unknown; readonly parts: Writable[] }>()
  return {
    add(chunk) {
      const known = Object.entries(fieldsOf(chunk)).filter(([, value]) => value !== undefined)
      last = { ...last, ...Object.fromEntries(known) }
      let isWriting = false
      for (const [position, candidate] of listOf(fieldsOf(chunk).candidates).entries()) {
        const { index = position, content } = fieldsOf(candidate)
        const { role, parts } = fieldsOf(content)
        const written = candidates.get(index) ?? { role, parts: [] }
        written.role ??= role
        candidates.set(index, written)
        for (const part of listOf(parts)) {
          addPart(written.parts, { ...fieldsOf(part) })
          isWriting = true
        }
      }
      return isWriting
    },
    result: () => ({ ...last, candidates: [...candidates.values()].map((content) => ({ content })) }),
  }
}

/** Text that goes on is one part; thoughts are kept apart from what is said. */
function addPart(parts: Writable[], part: Writable): void {
  const before = parts.at(-1)
  const goesOn = typeof part.text === 'string' && typeof before?.text === 'string' && part.thought === before.thought
  if (goesOn) before.text = `${before.text}${part.text}`
  else parts.push(part)
}
