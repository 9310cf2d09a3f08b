import { createHash } from 'node:crypto'
import type { Attributes } from '@opentelemetry/api'
import type { OutgoingSpan } from '../encode/outgoing-span.js'
import { DATA_URI } from './data-uri.js'
import { readFileParts } from './file-parts.js'
import type { Media } from './media.js'

/** A span's attributes without their media, and those. */
export interface ExtractedMedia {
  readonly attributes: Attributes
  readonly media: readonly Media[]
}

/**
 * Takes the media out of attributes and puts Langfuse's references in their place: as `@langfuse/otel` 5.11 does it, so that the same file has
 * the same name whoever uploads it.
 *
 * @param span - Whose media they are.
 * @param attributes - Its attributes that carry media.
 */
export function extractMedia({ context }: OutgoingSpan, attributes: Attributes): ExtractedMedia {
  const media = new Map<string, Media>()
  const refer = (found: FoundFile, field: Media['field'], source: 'base64_data_uri' | 'bytes'): string | undefined => {
    const file = toMedia(found, field, context)
    if (!file) return undefined
    media.set(`${field} ${file.id}`, file)
    return `@@@langfuseMedia:type=${file.contentType}|id=${file.id}|source=${source}@@@`
  }
  const replaced: Attributes = {}
  for (const [key, value] of Object.entries(attributes)) {
    replaced[key] = typeof value === 'string' ? replaceIn(key, value, refer) : value
  }
  return { attributes: replaced, media: [...media.values()] }
}

interface FoundFile {
  readonly contentType: string
  readonly base64: string
}

type Refer = (found: FoundFile, field: Media['field'], source: 'base64_data_uri' | 'bytes') => string | undefined

function replaceIn(key: string, text: string, refer: Refer): string {
  const field = fieldOf(key)
  const parts = readFileParts(key, text)
  if (!parts) {
    return text.replace(DATA_URI, (uri, contentType: string, base64: string) => {
      return refer({ contentType, base64 }, field, 'base64_data_uri') ?? uri
    })
  }
  let replaced = text
  for (const { contentType, base64, written } of parts) {
    const reference = refer({ contentType, base64 }, field, 'bytes')
    if (reference !== undefined) replaced = replaced.replaceAll(written, () => reference)
  }
  return replaced
}

function fieldOf(key: string): Media['field'] {
  if (key.includes('input') || key.startsWith('ai.prompt')) return 'input'
  return key.includes('output') ? 'output' : 'metadata'
}

function toMedia(
  { contentType, base64 }: FoundFile,
  field: Media['field'],
  { traceId, spanId }: OutgoingSpan['context'],
): Media | undefined {
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.byteLength === 0) return undefined
  const hash = createHash('sha256').update(bytes).digest()
  const id = hash.toString('base64url').slice(0, 22)
  return { id, contentType, bytes, sha256: hash.toString('base64'), field, traceId, spanId }
}
