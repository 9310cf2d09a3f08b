import { currentIn } from './current.js'
import type { TracerKind } from './observation-type.js'
import { context, trace } from './open-telemetry.js'
import { processSlot } from './process-slot.js'
import type { Span } from './span.js'
import { Tracer, type TracerOptions } from './tracer.js'

/**
 * The tracer of the span that is active, else the one that `initTracer` made the process's own, else a plain one.
 */
export function getCurrentTracer(): Tracer {
  const slot = processSlot()
  slot.defaultTracer ??= new Tracer()
  return currentIn(context.active())?.tracer ?? slot.defaultTracer
}

/**
 * The span that is active, if this package started it.
 *
 * @returns `undefined` outside of spans, and where a span of other instrumentation is the active one.
 */
export function getActiveSpan(): Span | undefined {
  const at = context.active()
  const span = currentIn(at)?.span
  return span !== undefined && trace.getSpan(at) === span.otelSpan ? span : undefined
}

/**
 * Makes a tracer, and makes it the one that `getCurrentTracer()` gives outside of spans. What says whose trace it is (user, session, trace name,
 * metadata, prompt) stays with the tracer that is returned: the process serves others too.
 *
 * @param kind - As for `new Tracer`.
 * @param options - As for `new Tracer`; `forceNew: true` leaves the process's tracer as it is, for one request's tracer.
 * @returns The new tracer. Without options a call for the kind that the process's tracer has already gives that one again.
 */
export function initTracer(
  kind: TracerKind = 'base',
  options: TracerOptions & { readonly forceNew?: boolean } = {},
): Tracer {
  const { forceNew, ...given } = options
  if (forceNew) return new Tracer(kind, given)
  const slot = processSlot()
  const { userId, sessionId, traceName, metadata, prompt, ...shared } = given
  const count = Object.keys(given).length
  if (count === 0 && slot.defaultTracer?.kind === kind) return slot.defaultTracer
  const tracer = new Tracer(kind, given)
  slot.defaultTracer = Object.keys(shared).length < count ? new Tracer(kind, shared) : tracer
  return tracer
}
