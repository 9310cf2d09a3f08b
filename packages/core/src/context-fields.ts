import type { Attributes, Context } from '@opentelemetry/api'
import { createContextKey } from './open-telemetry.js'
import { toTexts } from './serialize/to-content.js'
import { TRACE_FIELDS, type TraceFields, traceFields } from './trace-fields.js'

/** Where the name of a trace stands in a context. */
export const TRACE_NAME: symbol = createContextKey('langfuse_trace_name')

/**
 * Adds fields to a context: tags are added to those that are there, metadata is merged, all else is set.
 *
 * @param base - The context to add to.
 * @param fields - What to set.
 * @param weak - `true` keeps what the context has already: for defaults, such as a tracer's own fields.
 */
export function writeFields(base: Context, fields: TraceFields, weak = false): Context {
  return fields.reduce((at, [key, value]) => at.setValue(key, merged(at.getValue(key), value, weak)), base)
}

function merged(there: unknown, value: unknown, weak: boolean): unknown {
  if (Array.isArray(value)) return [...new Set([there ?? [], value].flat())]
  const [under, over] = weak ? [value, there] : [there, value]
  return isRecord(value) ? { ...Object(under), ...Object(over) } : (over ?? under)
}

/** What a context has, whoever wrote it; `fieldAttributes` leaves out what is none of the kinds that it knows. */
export function readFields(at: Context): TraceFields {
  return traceFields(({ key }) => at.getValue(key))
}

/**
 * The attributes that a context puts on every span.
 *
 * @param at - The context that a span starts in.
 * @param attributes - Where to put them; a new record by default.
 */
export function fieldAttributes(at: Context, attributes: Attributes = {}): Attributes {
  for (const { key, attribute } of TRACE_FIELDS) {
    const value = at.getValue(key)
    if (typeof value === 'string' || typeof value === 'number' || (Array.isArray(value) && value.length > 0))
      attributes[attribute] = value
    else if (isRecord(value)) {
      for (const [name, text] of Object.entries(toTexts(value))) attributes[`${attribute}.${name}`] = text
    }
  }
  return attributes
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
