import { createHash } from 'node:crypto'
import type { Attributes } from '@opentelemetry/api'
import type { OutgoingSpan } from '../encode/outgoing-span.js'
import { DATA_URI } from './data-uri.js'
import { type FoundFile, type ReplaceFile, replaceFileParts } from './file-parts.js'
import type { MaskFile, Media } from './media.js'

/** What media go through on their way out of a span. */
export interface MediaGate {
  /**
   * Whether a file may be taken; of one that may not, a mark is left.
   *
   * @param bytes - About how large it is.
   */
  readonly admits: (bytes: number) => boolean
  /** Masks what can be masked of a file; undefined when nothing is to be. */
  readonly maskFile: MaskFile | undefined
}

/** A span's attributes without their media, and those. */
export interface ExtractedMedia {
  readonly attributes: Attributes
  readonly media: readonly Media[]
  /** How many files were not admitted. */
  readonly leftOut: number
}

/**
 * Takes the media out of attributes and puts Langfuse's references in their place: as `@langfuse/otel` 5.11 does it, so that the same file has
 * the same name whoever uploads it.
 *
 * @param span - Whose media they are.
 * @param attributes - Its attributes that carry media.
 * @param gate - What media go through.
 */
export function extractMedia(span: OutgoingSpan, attributes: Attributes, gate: MediaGate): ExtractedMedia {
  const media = new Map<string, Media>()
  let leftOut = 0
  const takerFor =
    (key: string): TakeFile =>
    (found, source) => {
      const size = Math.floor((found.base64.replace(/=+$/, '').length * 3) / 4)
      if (size === 0) return undefined
      if (!gate.admits(size)) {
        leftOut++
        return `<${found.contentType}, ${size} bytes, not uploaded>`
      }
      const file = toMedia(found, key, span, gate.maskFile)
      media.set(`${file.field} ${file.id}`, file)
      return `@@@langfuseMedia:type=${file.contentType}|id=${file.id}|source=${source}@@@`
    }
  const replaced: Attributes = {}
  for (const [key, value] of Object.entries(attributes)) {
    replaced[key] = typeof value === 'string' ? replaceIn(key, value, takerFor(key)) : value
  }
  return { attributes: replaced, media: [...media.values()], leftOut }
}

type TakeFile = (file: FoundFile, source: 'base64_data_uri' | 'bytes') => string | undefined

function replaceIn(key: string, text: string, take: TakeFile): string {
  const fromParts: ReplaceFile = (file) => take(file, 'bytes')
  const fromUri = (uri: string, contentType: string, base64: string): string =>
    take({ contentType, base64 }, 'base64_data_uri') ?? uri
  return replaceFileParts(key, text, fromParts) ?? text.replace(DATA_URI, fromUri)
}

function toMedia(
  { contentType, base64 }: FoundFile,
  key: string,
  { context: { traceId, spanId }, name }: OutgoingSpan,
  maskFile: MaskFile | undefined,
): Media {
  const original = Buffer.from(base64, 'base64')
  const bytes = maskFile?.(original, contentType, { key, spanName: name }) ?? original
  const hash = createHash('sha256').update(bytes).digest()
  const id = hash.toString('base64url').slice(0, 22)
  return { id, contentType, bytes, sha256: hash.toString('base64'), field: fieldOf(key), traceId, spanId }
}

function fieldOf(key: string): Media['field'] {
  if (key.includes('input') || key.startsWith('ai.prompt')) return 'input'
  return key.includes('output') ? 'output' : 'metadata'
}
