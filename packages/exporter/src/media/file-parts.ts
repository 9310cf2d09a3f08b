import { member } from '../member.js'

/** A file as it stands in a span. */
export interface FoundFile {
  readonly contentType: string
  readonly base64: string
}

/** Says what takes the place of a file; undefined leaves it there. */
export type ReplaceFile = (file: FoundFile) => string | undefined

/**
 * Replaces the files in messages of the AI SDK, in the forms that `@langfuse/otel` 5.11 knows: version 5's and 6's `file` parts, version 7's
 * `blob` parts. Nothing beside them changes.
 *
 * @param key - Of the attribute.
 * @param text - Its value.
 * @param replace - Is given one file after the other.
 * @returns Undefined when the attribute is none for such messages.
 */
export function replaceFileParts(key: string, text: string, replace: ReplaceFile): string | undefined {
  const placesIn = READERS[key]
  if (!placesIn) return undefined
  const messages = parse(text)
  if (!Array.isArray(messages)) return text
  let isChanged = false
  for (const { part, name, file } of messages.flatMap((message) => placesIn(message))) {
    const replacement = replace(file)
    if (replacement === undefined) continue
    part[name] = replacement
    isChanged = true
  }
  // Only then: who wrote the text may have written it otherwise than we would.
  return isChanged ? JSON.stringify(messages) : text
}

/** Where in the messages a file is. */
interface FilePlace {
  readonly part: Record<string, unknown>
  readonly name: string
  readonly file: FoundFile
}

const READERS: Readonly<Record<string, (message: unknown) => FilePlace[]>> = {
  'ai.prompt': fileParts,
  'ai.prompt.messages': fileParts,
  'gen_ai.input.messages': blobParts,
  'gen_ai.output.messages': blobParts,
}

function fileParts(message: unknown): FilePlace[] {
  return partsOf(message, 'content', 'file').flatMap((part) => {
    return placeIn(part, isInline(part.image) ? 'image' : 'data', part.mediaType)
  })
}

function blobParts(message: unknown): FilePlace[] {
  return partsOf(message, 'parts', 'blob').flatMap((part) => placeIn(part, 'content', part.mime_type))
}

function partsOf(message: unknown, name: string, type: string): Record<string, unknown>[] {
  const parts = member(message, name)
  return Array.isArray(parts) ? parts.filter((part) => member(part, 'type') === type) : []
}

function placeIn(part: Record<string, unknown>, name: string, contentType: unknown): FilePlace[] {
  const data = part[name]
  if (!isInline(data) || typeof contentType !== 'string') return []
  const base64 = data.startsWith('data:') ? data.split(';base64,')[1] : data
  return base64 ? [{ part, name, file: { contentType, base64 } }] : []
}

// Not an address instead of the file itself.
function isInline(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !value.startsWith('http')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
