import type { Attributes, SpanContext } from '@opentelemetry/api'
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'
import type { OutgoingSpan } from '../encode/outgoing-span.js'
import type { Place } from '../select/fates.js'

/** What a pipeline adds to what it sends. */
export interface Stamps {
  /** Of spans that do not carry one. */
  readonly environment: string | undefined
  readonly release: string | undefined
  /** Beside a span's own. */
  readonly tags: readonly string[]
}

/** Langfuse's names, https://langfuse.com/integrations/native/opentelemetry#property-mapping. */
const ENVIRONMENT = 'langfuse.environment'
const RELEASE = 'langfuse.release'
const TAGS = 'langfuse.trace.tags'
/** How Langfuse finds where a trace begins when the parent of its first span is not there. */
const IS_APP_ROOT = 'langfuse.internal.is_app_root'

/**
 * Makes of a span that ended what is sent of it to Langfuse.
 *
 * @param span - The span.
 * @param place - Where it hangs among the spans that are sent.
 * @param stamps - What every span of the process gets.
 */
export function toOutgoing(span: ReadableSpan, place: Place, stamps: Stamps): OutgoingSpan {
  return outgoing(span, place.parent, stamped(span.attributes, place, stamps))
}

/**
 * Makes of a span that ended what is sent of it to any OTLP endpoint: the same.
 *
 * @param span - The span.
 */
export function asIs(span: ReadableSpan): OutgoingSpan {
  return outgoing(span, span.parentSpanContext, span.attributes)
}

// One literal, so that all of these objects have one shape, whatever is stamped on them.
function outgoing(span: ReadableSpan, parent: SpanContext | undefined, attributes: Attributes): OutgoingSpan {
  return {
    context: span.spanContext(),
    parent,
    name: span.name,
    kind: span.kind,
    startTime: span.startTime,
    endTime: span.endTime,
    attributes,
    droppedAttributesCount: span.droppedAttributesCount,
    events: span.events,
    droppedEventsCount: span.droppedEventsCount,
    links: span.links,
    droppedLinksCount: span.droppedLinksCount,
    status: span.status,
    resource: span.resource,
    scope: span.instrumentationScope,
  }
}

function stamped(own: Attributes, { isFirst }: Place, { environment, release, tags }: Stamps): Attributes {
  if (!isFirst && environment === undefined && release === undefined && tags.length === 0) return own
  // Not spread: V8 copies an object that has grown attribute by attribute eight times slower so.
  const attributes: Attributes = Object.assign({}, own)
  if (environment !== undefined) attributes[ENVIRONMENT] ??= environment
  if (release !== undefined) attributes[RELEASE] ??= release
  if (tags.length > 0) attributes[TAGS] = withTags(own[TAGS], tags)
  if (isFirst) attributes[IS_APP_ROOT] = true
  return attributes
}

function withTags(own: unknown, tags: readonly string[]): string[] {
  const present = Array.isArray(own) ? own.filter((tag) => typeof tag === 'string') : []
  return [...new Set([...present, ...tags])]
}
