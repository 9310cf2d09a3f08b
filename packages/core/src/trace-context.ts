import type { Context } from '@opentelemetry/api'
import { attempt } from './attempt.js'
import { fieldAttributes, writeFields } from './context-fields.js'
import { warnOnce } from './log.js'
import { context, trace } from './open-telemetry.js'
import { processSlot } from './process-slot.js'
import { validTraceFields } from './trace-fields.js'

/** What stands on every span of a trace, because Langfuse v4 filters observations and not traces. */
export interface TraceContextFields {
  /** Name of the trace. @default the name of its first span */
  readonly traceName?: string
  /** At most 200 characters; a longer one is dropped with a warning. */
  readonly userId?: string
  /** At most 200 characters; a longer one is dropped with a warning. */
  readonly sessionId?: string
  /** Added to the tags that are there; at most 200 characters each. */
  readonly tags?: readonly string[]
  /** Merged over the metadata that is there. Values that are no strings become JSON. */
  readonly metadata?: Readonly<Record<string, unknown>>
  /** Lower case letters, digits, `-` and `_`; not beginning with `langfuse`. */
  readonly environment?: string
  readonly release?: string
  readonly version?: string
  /** The prompt that generations inside were made with. */
  readonly prompt?: { readonly name: string; readonly version: number }
}

/** How far the fields of a call go. */
export interface TraceContextOptions extends TraceContextFields {
  /**
   * `true` sends the fields of this call, but for `release`, along with every request that is made inside: as W3C baggage, under Langfuse's names.
   * Spans of the next service then carry them, and none of those is taken for a root of the trace. Whoever is requested can read them. Both
   * services need `enableBaggage()` of `@axion/core/baggage`.
   *
   * @default false: nothing travels, but what came in with a request goes on
   */
  readonly baggage?: boolean
}

/**
 * Runs a function with fields that stand on every span that starts inside it, in this package and in Langfuse's own.
 *
 * Calls nest: a field of an inner call wins, tags are added, metadata is merged, and all is as before when `fn` is done. A span
 * that is active when it is called gets the fields too.
 *
 * @param fields - What to set; an impossible value is dropped with a warning, never thrown.
 * @param fn - The function to run; everything it awaits is inside.
 * @returns What `fn` returns.
 */
export function withTraceContext<T>(fields: TraceContextOptions, fn: () => T): T {
  const active = context.active()
  return context.with(attempt(() => contextWith(active, fields), 'read trace fields') ?? active, fn)
}

function contextWith(active: Context, fields: TraceContextOptions): Context {
  const valid = validTraceFields(fields)
  const { baggage } = processSlot()
  const isAsked = fields.baggage === true
  if (isAsked && !baggage) warnOnce('Trace context: baggage needs enableBaggage()')
  const next = baggage?.write(active, valid, isAsked) ?? writeFields(active, valid)
  const span = trace.getSpan(next)
  if (span?.isRecording()) span.setAttributes(fieldAttributes(next))
  return next
}
