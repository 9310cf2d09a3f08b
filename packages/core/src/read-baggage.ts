import { type Baggage, type Context, propagation } from '@opentelemetry/api'
import { writeFields } from './context-fields.js'
import { createContextKey } from './open-telemetry.js'
import type { TraceContextFields } from './trace-context.js'
import { TRACE_FIELDS, validTraceFields } from './trace-fields.js'

/** Prefix; the key follows. */
const METADATA = 'langfuse_metadata_'

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
  if (baggage === undefined) return at
  const before = at.getValue(IN_LINE)
  if (baggage === before) return at
  // Langfuse names its entries as its context keys. Source: `@langfuse/core` 5.11, `getBaggageKeyForPropagatedKey`.
  const entry = (name: string): string | undefined => baggage.getEntry(name)?.value
  const fields = TRACE_FIELDS.map(({ field, key }) => [field, entry(key.description ?? '')] as const)
  const name = entry('langfuse_prompt_name')
  const metadata = baggage.getAllEntries().filter(([key]) => key.startsWith(METADATA))
  const given = {
    ...Object.fromEntries(fields),
    prompt: name && { name, version: Number(entry('langfuse_prompt_version')) },
    tags: entry('langfuse_tags')?.split(','),
    metadata: Object.fromEntries(metadata.map(([key, { value }]) => [key.slice(METADATA.length), value])),
  }
  // As from a caller without types: what is missing, and what cannot be, is left out.
  return setBaggage(writeFields(at, validTraceFields(given as TraceContextFields), before === undefined), baggage)
}

/** A context with a baggage that says what its fields say. */
export function setBaggage(at: Context, baggage: Baggage): Context {
  return propagation.setBaggage(at, baggage).setValue(IN_LINE, baggage)
}
