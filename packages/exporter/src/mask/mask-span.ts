import type { Link, SpanContext, SpanStatus } from '@opentelemetry/api'
import { emptyResource } from '@opentelemetry/resources'
import type { TimedEvent } from '@opentelemetry/sdk-trace-base'
import type { OutgoingSpan } from '../encode/outgoing-span.js'
import type { Mask } from './create-mask.js'
import { RULE_FAILED } from './marks.js'
import { maskAttributes } from './mask-attributes.js'
import type { MaskFields } from './mask-run.js'
import { maskResources, maskScopes } from './mask-shared.js'

/**
 * Masks every string of a span that leaves: its name, attributes, events, links, status, resource and scope. Ids, times and numbers stay.
 *
 * @param span - The span.
 * @param mask - The rules.
 * @returns A new span; parts of it in which nothing changed are those of the given one.
 */
export function maskSpan(span: OutgoingSpan, mask: Mask): OutgoingSpan {
  const [masked = withoutContent(span)] = maskSpans([span], mask)
  return masked
}

/**
 * Masks spans as `maskSpan` does. With rules of the application, which run under a time limit, many at once cost less than one by one:
 * setting up the limit takes some 60 to 90 µs.
 *
 * @param spans - The spans.
 * @param mask - The rules.
 * @returns As many new spans, in the same order.
 */
export function maskSpans(spans: readonly OutgoingSpan[], mask: Mask): OutgoingSpan[] {
  const resources = maskResources(
    spans.map(({ resource }) => resource),
    mask,
  )
  const scopes = maskScopes(
    spans.map(({ scope }) => scope),
    mask,
  )
  const shared = (span: OutgoingSpan): Pick<OutgoingSpan, 'resource' | 'scope'> => ({
    resource: resources.get(span.resource) ?? emptyResource(),
    scope: scopes.get(span.scope) ?? { name: RULE_FAILED },
  })
  return mask.each(
    spans,
    (span, fields) => maskOwn(span, fields, shared(span)),
    (span) => ({ ...withoutContent(span), ...shared(span) }),
  )
}

function maskOwn(
  span: OutgoingSpan,
  fields: MaskFields,
  { resource, scope }: Pick<OutgoingSpan, 'resource' | 'scope'>,
): OutgoingSpan {
  const { name } = span
  return {
    ...span,
    context: maskContext(span.context, fields, name),
    parent: span.parent && maskContext(span.parent, fields, name),
    name: fields.text(name, 'span.name', name),
    attributes: maskAttributes(span.attributes, fields, name),
    events: span.events.map((event) => maskEvent(event, fields, name)),
    links: span.links.map((link) => maskLink(link, fields, name)),
    status: maskStatus(span.status, fields, name),
    resource,
    scope,
  }
}

/** The trace state is the one text in a context. With something to hide in it, it is left out: marks are not part of its grammar. */
function maskContext(context: SpanContext, fields: MaskFields, spanName: string): SpanContext {
  const text = context.traceState?.serialize()
  if (!text || fields.text(text, 'trace_state', spanName) === text) return context
  return withoutTraceState(context)
}

function withoutTraceState({ traceState: _hidden, ...ids }: SpanContext): SpanContext {
  return ids
}

function maskEvent(event: TimedEvent, fields: MaskFields, spanName: string): TimedEvent {
  const name = fields.text(event.name, 'event.name', spanName)
  const attributes = event.attributes && maskAttributes(event.attributes, fields, spanName)
  return { ...event, name, ...(attributes && { attributes }) }
}

function maskLink(link: Link, fields: MaskFields, spanName: string): Link {
  const attributes = link.attributes && maskAttributes(link.attributes, fields, spanName)
  return { ...link, context: maskContext(link.context, fields, spanName), ...(attributes && { attributes }) }
}

function maskStatus(status: SpanStatus, fields: MaskFields, spanName: string): SpanStatus {
  if (!status.message) return status
  return { ...status, message: fields.text(status.message, 'status.message', spanName) }
}

/** What is left of a span that cannot be read: its ids, its times and how it ended. */
function withoutContent(span: OutgoingSpan): OutgoingSpan {
  return {
    ...span,
    context: withoutTraceState(span.context),
    parent: span.parent && withoutTraceState(span.parent),
    name: RULE_FAILED,
    attributes: {},
    events: [],
    links: [],
    status: { code: span.status.code },
    resource: emptyResource(),
    scope: { name: RULE_FAILED },
  }
}
