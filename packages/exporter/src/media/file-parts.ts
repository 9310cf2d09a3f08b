import { member } from '../member.js'

/** A file in a message of the AI SDK. */
export interface FilePart {
  readonly contentType: string
  readonly base64: string
  /** What of the text is to be replaced. */
  readonly written: string
}

/**
 * Finds the files in messages of the AI SDK, in the forms that `@langfuse/otel` 5.11 knows: version 5's and 6's `file` parts, version 7's `blob`
 * parts.
 *
 * @param key - Of the attribute.
 * @param text - Its value.
 * @returns Undefined when the attribute holds no such messages.
 */
export function readFileParts(key: string, text: string): readonly FilePart[] | undefined {
  const read = READERS[key]
  if (!read) return undefined
  const messages = parse(text)
  return Array.isArray(messages) ? messages.flatMap((message) => read(message)) : []
}

const READERS: Readonly<Record<string, (message: unknown) => FilePart[]>> = {
  'ai.prompt': fileParts,
  'ai.prompt.messages': fileParts,
  'gen_ai.input.messages': blobParts,
  'gen_ai.output.messages': blobParts,
}

function fileParts(message: unknown): FilePart[] {
  return membersOf(message, 'content').flatMap((part) => {
    if (member(part, 'type') !== 'file') return []
    const data = inline(member(part, 'image')) ?? inline(member(part, 'data'))
    return toPart(data, member(part, 'mediaType'))
  })
}

function blobParts(message: unknown): FilePart[] {
  return membersOf(message, 'parts').flatMap((part) => {
    if (member(part, 'type') !== 'blob') return []
    return toPart(inline(member(part, 'content')), member(part, 'mime_type'))
  })
}

function toPart(data: string | undefined, contentType: unknown): FilePart[] {
  if (data === undefined || typeof contentType !== 'string') return []
  const base64 = data.startsWith('data:') ? data.split(';base64,')[1] : data
  return base64 ? [{ contentType, base64, written: data }] : []
}

// An address instead of the file itself.
function inline(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && !value.startsWith('http') ? value : undefined
}

function membersOf(value: unknown, key: string): readonly unknown[] {
  const members = member(value, key)
  return Array.isArray(members) ? members : []
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
