import type { Attributes } from '../decode-otlp/attributes.js'
import { parseJson } from './parse-json.js'

const KEYS = [
  'langfuse.trace.tags',
  'langfuse.tags',
  'langfuse.observation.metadata.langfuse_tags',
  'langfuse.trace.metadata.langfuse_tags',
  'ai.telemetry.metadata.tags',
  'tag.tags',
]

/**
 * The tags of the trace as this span names them: an array, a JSON array, or a comma-separated list.
 *
 * @param attributes The attributes of the span.
 * @returns The tags, empty when there are none.
 */
export function traceTags(attributes: Attributes): string[] {
  const key = KEYS.find((candidate) => attributes[candidate])
  const value = key === undefined ? undefined : attributes[key]
  if (Array.isArray(value)) return value.map(String)
  if (typeof value !== 'string') return []
  const parsed = value.trim().startsWith('[') ? parseJson(value) : undefined
  if (Array.isArray(parsed)) return parsed.map(String)
  return value.includes(',') ? value.split(',').map((tag) => tag.trim()) : [value]
}
