import { type Context, propagation } from '@opentelemetry/api'
import { readFields } from './context-fields.js'
import { currentIn } from './current.js'
import { BAGGAGE_METADATA, BAGGAGE_PROMPT, BAGGAGE_TAGS, BAGGAGE_TEXTS, setBaggage } from './read-baggage.js'
import type { ValidTraceFields } from './valid-trace-fields.js'

// Names the trace whose root is with the caller: Langfuse then takes no span of the next service for another one. Empty while no span has begun.
// Source: `@langfuse/core` 5.11, `LANGFUSE_TRACE_ID_BAGGAGE_KEY`.
const CLAIM = 'langfuse_trace_id'
const TRACE_NAME = 'langfuse_trace_name'

// Of one value. Source: `@langfuse/core` 5.11, `isValidPropagatedString`.
const MAX_CHARACTERS = 200

/**
 * Puts fields into W3C baggage, from where OpenTelemetry's propagators take them along with each request. Those that are not to travel take the
 * old ones out: the next service gets nothing that nobody gave away, and nothing that holds no longer.
 *
 * @param at - A context that has the fields.
 * @param fields - What was set on it just now.
 * @param isAsked - Whether these fields are to travel.
 */
export function writeBaggage(at: Context, fields: ValidTraceFields, isAsked: boolean): Context {
  const before = propagation.getBaggage(at)
  if (before === undefined && !isAsked) return at
  let baggage = before ?? propagation.createBaggage()
  const put = (name: string, value: unknown, travels = isAsked): void => {
    if (value === undefined) return
    const key = wellFormed(name)
    baggage = travels ? baggage.setEntry(key, { value: wellFormed(String(value)) }) : baggage.removeEntry(key)
  }
  const { prompt, tags, metadata } = fields
  for (const [field, name] of BAGGAGE_TEXTS) put(name, fields[field])
  put(BAGGAGE_PROMPT[0], prompt?.name)
  put(BAGGAGE_PROMPT[1], prompt?.version)
  // A longer one stays on the spans of this service.
  for (const [key, value] of Object.entries(metadata ?? {}))
    put(BAGGAGE_METADATA + key, value, isAsked && String(value).length <= MAX_CHARACTERS)
  if (isAsked) {
    // Tags add up.
    const there = baggage.getEntry(BAGGAGE_TAGS)?.value.split(',') ?? []
    if (tags.length > 0) put(BAGGAGE_TAGS, [...new Set([...there, ...tags])])
    if (!baggage.getEntry(CLAIM)) {
      put(TRACE_NAME, readFields(at).traceName)
      put(CLAIM, currentIn(at)?.span?.traceId ?? '')
    }
  }
  return setBaggage(at, baggage)
}

/** Half a surrogate pair would make a propagator throw into the request. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD')
}

/**
 * Keeps true what baggage says of whose trace it is, where it says so.
 *
 * @param at - The context of a span that has begun.
 * @param traceId - Its trace.
 */
export function claimTrace(at: Context, traceId: string): Context {
  const baggage = propagation.getBaggage(at)
  const claim = baggage?.getEntry(CLAIM)?.value
  if (baggage === undefined || claim === undefined || claim === traceId) return at
  const { traceName } = readFields(at)
  const claimed = baggage.removeEntry(TRACE_NAME).setEntry(CLAIM, { value: traceId })
  // That of another trace was given away, this one was not.
  const isNamed = claim === '' && traceName !== undefined
  return setBaggage(at, isNamed ? claimed.setEntry(TRACE_NAME, { value: wellFormed(traceName) }) : claimed)
}
