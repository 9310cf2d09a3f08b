import { type Context, propagation } from '@opentelemetry/api'
import { TRACE_NAME } from './context-fields.js'
import { currentIn } from './current.js'
import { setBaggage } from './read-baggage.js'
import type { TraceFields } from './trace-fields.js'

// Names the trace whose root is with the caller: Langfuse then takes no span of the next service for another one. Empty while no span has begun.
// Source: `@langfuse/core` 5.11, `LANGFUSE_TRACE_ID_BAGGAGE_KEY`.
const CLAIM = 'langfuse_trace_id'
const TRACE_NAME_ENTRY = 'langfuse_trace_name'

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
export function writeBaggage(at: Context, fields: TraceFields, isAsked: boolean): Context {
  const before = propagation.getBaggage(at)
  if (before === undefined && !isAsked) return at
  let baggage = before ?? propagation.createBaggage()
  const put = (name: string, value: unknown, travels = isAsked): void => {
    const key = wellFormed(name)
    baggage = travels ? baggage.setEntry(key, { value: wellFormed(String(value)) }) : baggage.removeEntry(key)
  }
  for (const [{ description = '' }, value] of fields) {
    // Tags add up. Those that are kept back take none out.
    if (Array.isArray(value)) {
      const there = baggage.getEntry(description)?.value.split(',') ?? []
      if (isAsked && value.length > 0) put(description, [...new Set([...there, ...value])])
    } else if (typeof value === 'object') {
      // A longer one stays on the spans of this service.
      for (const [key, text] of Object.entries(value ?? {}))
        put(`${description}_${key}`, text, isAsked && String(text).length <= MAX_CHARACTERS)
    } else if (description.startsWith('langfuse')) put(description, value)
  }
  if (isAsked && !baggage.getEntry(CLAIM)) {
    const traceName = at.getValue(TRACE_NAME)
    if (traceName !== undefined) put(TRACE_NAME_ENTRY, traceName)
    put(CLAIM, currentIn(at)?.span?.traceId ?? '')
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
  const traceName = at.getValue(TRACE_NAME)
  const claimed = baggage.removeEntry(TRACE_NAME_ENTRY).setEntry(CLAIM, { value: traceId })
  // That of another trace was given away, this one was not.
  if (claim !== '' || traceName === undefined) return setBaggage(at, claimed)
  return setBaggage(at, claimed.setEntry(TRACE_NAME_ENTRY, { value: wellFormed(String(traceName)) }))
}
