import type { Attributes } from '@opentelemetry/api'
import { DATA_URI } from './data-uri.js'

/**
 * Puts a mark in the place of every data URI: for media that cannot be uploaded and would only be dead weight in a span.
 *
 * @param attributes - Attributes that carry media.
 */
export function withoutMedia(attributes: Attributes): Attributes {
  const replaced: Attributes = {}
  for (const [key, value] of Object.entries(attributes)) {
    replaced[key] =
      typeof value === 'string'
        ? value.replace(DATA_URI, (_, type: string, data: string) => `<${type}, ${sizeOf(data)} bytes, not uploaded>`)
        : value
  }
  return replaced
}

function sizeOf(base64: string): number {
  return Math.floor((base64.replace(/=+$/, '').length * 3) / 4)
}
