import type {
  Context,
  Link,
  Span as OtelSpan,
  SpanOptions as OtelSpanOptions,
  Tracer as OtelTracer,
  SpanContext,
} from '@opentelemetry/api'
import { OBSERVATION_TYPE } from './attributes/names.js'
import { MAX_FIELD_CHARACTERS } from './bounds.js'
import { fieldAttributes, readFields, TRACE_NAME, writeFields } from './context-fields.js'
import { currentIn } from './current.js'
import { FacadeSpan } from './facade-span.js'
import { LayeredContext } from './layered-context.js'
import { type ObservationType, observationTypeOfModel } from './observation-type.js'
import { context, trace } from './open-telemetry.js'
import { processSlot } from './process-slot.js'
import type { SerializeLimits } from './serialize/limits.js'
import { isSpan, type Span, type SpanOptions } from './span.js'
import type { TraceFields } from './trace-fields.js'
import type { Tracer } from './tracer.js'
import { validTime } from './valid-time.js'

/** What a tracer gives to the spans it starts. */
export interface StartedBy {
  readonly tracer: Tracer
  /** The observation type that a span's name stands for. */
  readonly typeOf: (name: string) => ObservationType
  /** How much of a value is kept. */
  readonly limits: SerializeLimits
  /** What stands on every span. */
  readonly fields: () => TraceFields
}

/**
 * Starts a span with everything that is known of it when it begins.
 *
 * @param by - The tracer and what it adds.
 * @param otelTracer - The SDK's.
 * @param name - The span's name.
 * @param options - What the caller said.
 * @returns A span to set things on; one that keeps nothing if the SDK does not record it.
 */
export function startSpan(by: StartedBy, otelTracer: OtelTracer, name: string, options: SpanOptions = {}): Span {
  const { type, model, attributes, metadata, input, startTime, links } = options
  const at = startingContext(by, name, options)
  const observationType = type ?? (model ? observationTypeOfModel(model) : by.typeOf(name))
  const otelOptions = {
    attributes: fieldAttributes(at, { [OBSERVATION_TYPE]: observationType }),
    startTime: validTime(startTime),
    links: links && validLinks(links),
  }
  // The API's types have no `undefined`, which every SDK takes as what is missing.
  const otelSpan = otelTracer.startSpan(name, otelOptions as OtelSpanOptions, at)
  const inside = processSlot().baggage?.claim(at, otelSpan.spanContext().traceId) ?? at
  const span = new FacadeSpan(by, otelSpan, inside, type !== undefined)
  // Setters rather than attributes at the start, so that each option means what its setter means.
  if (model) span.setModel(model)
  if (attributes) span.setAttributes(attributes)
  if (metadata) span.setMetadata(metadata)
  if (input !== undefined) span.setInput(input)
  return span
}

/** The parent's context, with the tracer's own fields and a trace name in it. */
function startingContext(by: StartedBy, name: string, { parent, root }: SpanOptions): Context {
  let at: Context = LayeredContext.over(parent ? contextOf(parent) : context.active())
  at = processSlot().baggage?.read(at) ?? at
  // The name of the trace that is left behind; without one, the name in the context was given for the new trace.
  if (root && trace.getSpanContext(at)) at = trace.deleteSpan(at).deleteValue(TRACE_NAME)
  // Inside a span of the same tracer its fields are there already.
  if (root || currentIn(at)?.tracer !== by.tracer) at = writeFields(at, by.fields(), true)
  return at.getValue(TRACE_NAME) || name === '' ? at : at.setValue(TRACE_NAME, traceNameOf(name))
}

function traceNameOf(name: string): string {
  // Half a surrogate pair is no character.
  return name.length <= MAX_FIELD_CHARACTERS
    ? name
    : name.slice(0, MAX_FIELD_CHARACTERS).replace(/[\uD800-\uDBFF]$/, '')
}

function contextOf(parent: Span | OtelSpan | SpanContext): Context {
  const active = context.active()
  const activeTrace = trace.getSpanContext(active)?.traceId
  if (isSpan(parent)) {
    const own = parent.context
    // In the same trace, what `withTraceContext` has added since the parent began holds for its children as well.
    return own !== active && activeTrace === parent.traceId ? writeFields(own, readFields(active), true) : own
  }
  const otelSpan = 'spanContext' in parent ? parent : trace.wrapSpanContext(parent)
  const at = trace.setSpan(active, otelSpan)
  // The active trace's name is not that of the parent's.
  return activeTrace && activeTrace !== otelSpan.spanContext().traceId ? at.deleteValue(TRACE_NAME) : at
}

/** Without those to spans that are off: ids of zeros make a server refuse the batch. */
function validLinks(links: readonly (Link | Span)[]): Link[] {
  return links
    .map((link) => (isSpan(link) ? { context: link.otelSpan.spanContext() } : link))
    .filter((link) => trace.isSpanContextValid(link.context))
}
