import { type Baggage, type Context, createContextKey, propagation } from '@opentelemetry/api'
import { writeFields } from './context-fields.js'
import type { TraceContextFields } from './trace-context.js'
import { validTraceFields } from './valid-trace-fields.js'

/**
 * Fields that travel as one text in W3C baggage, with their names there. The release does not: it is the deployment's own.
 *
 * Source: `@langfuse/core` 5.11, `getBaggageKeyForPropagatedKey`.
 */
export const BAGGAGE_TEXTS = [
  ['userId', 'langfuse_user_id'],
  ['sessionId', 'langfuse_session_id'],
  ['traceName', 'langfuse_trace_name'],
  ['environment', 'langfuse_environment'],
  ['version', 'langfuse_version'],
] as const
export const BAGGAGE_PROMPT = ['langfuse_prompt_name', 'langfuse_prompt_version'] as const
/** One text, separated by commas. */
export const BAGGAGE_TAGS = 'langfuse_tags'
/** Prefix; the key follows. */
export const BAGGAGE_METADATA = 'langfuse_metadata_'

/** Holds the baggage that a context's fields have been brought in line with. */
const IN_LINE = createContextKey('axion_baggage')

/**
 * Gives a context the fields that came in with a request as W3C baggage: from `withTraceContext({ baggage: true })` of another service, or
 * from `propagateAttributes({ asBaggage: true })` of Langfuse's SDKs.
 *
 * What this process has set wins over what the first request brought; a request inside of a request wins over both. Anybody may have sent it, so
 * it is checked as a caller's fields are.
 *
 * @param at - A context that a propagator has extracted, or one made from it.
 */
export function readBaggage(at: Context): Context {
  const baggage = propagation.getBaggage(at)
  const before = at.getValue(IN_LINE)
  if (baggage === undefined || baggage === before) return at
  const text = (name: string): string | undefined => baggage.getEntry(name)?.value
  const [name, version] = BAGGAGE_PROMPT.map(text)
  const metadata = baggage.getAllEntries().filter(([key]) => key.startsWith(BAGGAGE_METADATA))
  const fields = {
    ...Object.fromEntries(BAGGAGE_TEXTS.map(([field, key]) => [field, text(key)])),
    prompt: name && { name, version: Number(version) },
    tags: text(BAGGAGE_TAGS)?.split(','),
    metadata: Object.fromEntries(metadata.map(([key, { value }]) => [key.slice(BAGGAGE_METADATA.length), value])),
  }
  // As from a caller without types: what is missing, and what cannot be, is left out.
  return setBaggage(writeFields(at, validTraceFields(fields as TraceContextFields), before === undefined), baggage)
}

/** A context with a baggage that says what its fields say. */
export function setBaggage(at: Context, baggage: Baggage): Context {
  return propagation.setBaggage(at, baggage).setValue(IN_LINE, baggage)
}
