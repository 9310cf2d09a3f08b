import { type Context, isSpanContextValid, type SpanContext, TraceFlags, trace } from '@opentelemetry/api'

// https://www.w3.org/TR/trace-context/#traceparent-header. Written here because an application need not have registered a propagator.

const TRACE_PARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/

/**
 * The active span as another process is told of it.
 *
 * @param at - The context.
 * @returns `undefined` if no span is active.
 */
export function writeTraceParent(at: Context): string | undefined {
  const span = trace.getSpanContext(at)
  if (!span || !isSpanContextValid(span)) return undefined
  return `00-${span.traceId}-${span.spanId}-${span.traceFlags.toString(16).padStart(2, '0')}`
}

/**
 * Reads what `writeTraceParent` wrote, elsewhere.
 *
 * @param text - Anything that came from another process.
 * @returns `undefined` if it says nothing.
 */
export function readTraceParent(text: unknown): SpanContext | undefined {
  if (typeof text !== 'string') return undefined
  const [, traceId = '', spanId = '', flags = ''] = TRACE_PARENT.exec(text) ?? []
  const isSampled = (Number.parseInt(flags, 16) & TraceFlags.SAMPLED) !== 0
  const span = { traceId, spanId, traceFlags: isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE, isRemote: true }
  return isSpanContextValid(span) ? span : undefined
}
