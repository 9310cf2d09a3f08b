import {
  type Context,
  context,
  isSpanContextValid,
  type Link,
  type Span as OtelSpan,
  type Tracer as OtelTracer,
  type SpanContext,
  trace,
} from '@opentelemetry/api'
import { LANGFUSE } from './attributes/names.js'
import { fieldAttributes, hasTraceName, readFields, withTraceName, writeFields } from './context-fields.js'
import { currentIn } from './current.js'
import { LayeredContext } from './layered-context.js'
import { NoopSpan } from './noop-span.js'
import { type ObservationType, observationTypeOfModel } from './observation-type.js'
import { readBaggage } from './read-baggage.js'
import { RecordingSpan } from './recording-span.js'
import type { SerializeLimits } from './serialize/limits.js'
import { isSpan, type Span, type SpanOptions } from './span.js'
import type { Tracer } from './tracer.js'
import type { TypesByName } from './types-by-name.js'
import { validTime } from './valid-time.js'
import type { ValidTraceFields } from './valid-trace-fields.js'
import { claimTrace } from './write-baggage.js'

// As long as Langfuse takes a trace name.
const MAX_TRACE_NAME = 200

/** What a tracer gives to the spans it starts. */
export interface StartedBy {
  readonly tracer: Tracer
  readonly otelTracer: OtelTracer
  readonly typesByName: TypesByName
  readonly fields: ValidTraceFields | undefined
  readonly limits: SerializeLimits
}

/**
 * Starts a span with everything that is known of it when it begins.
 *
 * @param by - The tracer and what it adds.
 * @param name - The span's name.
 * @param options - What the caller said.
 * @returns A span to set things on; one that keeps nothing if the SDK does not record it.
 */
export function startSpan(by: StartedBy, name: string, options: SpanOptions = {}): Span {
  const at = startingContext(by, name, options)
  const attributes = fieldAttributes(at, { [LANGFUSE.observationType]: typeAtStart(by, name, options) })
  const startTime = validTime(options.startTime)
  const otelSpan = by.otelTracer.startSpan(
    name,
    {
      attributes,
      ...(startTime === undefined ? undefined : { startTime }),
      ...(options.links === undefined ? undefined : { links: validLinks(options.links) }),
    },
    at,
  )
  if (!otelSpan.isRecording()) return new NoopSpan(by.tracer, otelSpan, at)
  const inside = claimTrace(at, otelSpan.spanContext().traceId)
  return applyOptions(new RecordingSpan(by.tracer, otelSpan, inside, by.limits, options.type !== undefined), options)
}

/** The parent's context, with the tracer's own fields and a trace name in it. */
function startingContext(by: StartedBy, name: string, { parent, root }: SpanOptions): Context {
  let at: Context = readBaggage(LayeredContext.over(parent === undefined ? context.active() : contextOf(parent)))
  // The name of the trace that is left behind; without one, the name in the context was given for the new trace.
  if (root && trace.getSpanContext(at)) at = withTraceName(trace.deleteSpan(at), undefined)
  // Inside a span of the same tracer its fields are there already.
  if (by.fields && (root || currentIn(at)?.tracer !== by.tracer)) at = writeFields(at, by.fields, true)
  return hasTraceName(at) || name === '' ? at : withTraceName(at, traceNameOf(name))
}

function traceNameOf(name: string): string {
  // Half a surrogate pair is no character.
  return name.length <= MAX_TRACE_NAME ? name : name.slice(0, MAX_TRACE_NAME).replace(/[\uD800-\uDBFF]$/, '')
}

function contextOf(parent: Span | OtelSpan | SpanContext): Context {
  const active = context.active()
  const activeTrace = trace.getSpanContext(active)?.traceId
  if (isSpan(parent)) {
    const own = parent.context
    // In the same trace, what `withTraceContext` has added since the parent began holds for its children as well.
    return own !== active && activeTrace === parent.traceId ? writeFields(own, readFields(active), true) : own
  }
  const spanContext = 'spanContext' in parent ? parent.spanContext() : parent
  const at = 'spanContext' in parent ? trace.setSpan(active, parent) : trace.setSpanContext(active, parent)
  // The active trace's name is not that of the parent's.
  return activeTrace === undefined || activeTrace === spanContext.traceId ? at : withTraceName(at, undefined)
}

function typeAtStart(by: StartedBy, name: string, { type, model }: SpanOptions): ObservationType {
  return type ?? (model ? observationTypeOfModel(model) : by.typesByName.of(name))
}

/** Setters rather than attributes at the start, so that each option means what its setter means. */
function applyOptions(span: Span, { model, attributes, metadata, input }: SpanOptions): Span {
  if (model !== undefined) span.setModel(model)
  if (attributes !== undefined) span.setAttributes(attributes)
  if (metadata !== undefined) span.setMetadata(metadata)
  if (input !== undefined) span.setInput(input)
  return span
}

/** Without those to spans that are off: ids of zeros make a server refuse the batch. */
function validLinks(links: readonly (Link | Span)[]): Link[] {
  return links
    .map((link) => (isSpan(link) ? { context: link.otelSpan.spanContext() } : link))
    .filter((link) => isSpanContextValid(link.context))
}
