import type { Attributes } from '../decode-otlp/attributes.js'
import { parseJson } from './parse-json.js'

/**
 * When the first token came: `langfuse.observation.completion_start_time`, an ISO time that the SDKs send JSON-encoded, or the
 * AI SDK's milliseconds to the first chunk.
 *
 * @param attributes The attributes of the span.
 * @param startTimeMillis When the span began.
 * @returns Milliseconds since the epoch, or undefined when nothing says so.
 */
export function completionStartMillis(attributes: Attributes, startTimeMillis: number): number | undefined {
  const stated = attributes['langfuse.observation.completion_start_time']
  const millis = timeMillis(stated) ?? timeMillis(parseJson(stated))
  if (millis !== undefined) return millis
  const elapsed = Number(attributes['ai.response.msToFirstChunk'] ?? attributes['ai.stream.msToFirstChunk'])
  // A finite number of milliseconds may still lead to where no Date can go, and such a row could not be read back.
  return elapsed === 0 ? undefined : timeMillis(startTimeMillis + Math.ceil(elapsed))
}

/** Undefined for what a Date cannot hold: NaN, the infinities, and more than 8.64e15 ms from the epoch. */
function timeMillis(value: unknown): number | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const millis = new Date(value).getTime()
  return Number.isNaN(millis) ? undefined : millis
}
