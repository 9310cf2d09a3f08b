import type { Attributes } from '@opentelemetry/api'
import type { OutgoingSpan } from '../encode/outgoing-span.js'
import { isContentAttribute, isContentEvent } from './content-attributes.js'

/**
 * Leaves inputs and outputs out of a span, whichever instrumentation wrote them: what `captureContent: false` means for spans that
 * are not ours. Model, usage, costs, ids, names, metadata and errors stay.
 *
 * @param span - The span.
 * @returns The span itself when it has no content, else a new one; of a span that cannot be read, what identifies it. Never throws.
 */
export function dropContent(span: OutgoingSpan): OutgoingSpan {
  try {
    return withoutInputsAndOutputs(span)
  } catch {
    // A getter threw, and what it stands beside may be content.
    return { ...span, attributes: {}, events: [], links: [] }
  }
}

function withoutInputsAndOutputs(span: OutgoingSpan): OutgoingSpan {
  const attributes = withoutContent(span.attributes)
  const events = span.events
    .filter(({ name }) => !isContentEvent(name))
    .map((event) => {
      const kept = event.attributes && withoutContent(event.attributes)
      return kept === event.attributes ? event : { ...event, attributes: kept ?? {} }
    })
  const isSame =
    attributes === span.attributes &&
    events.length === span.events.length &&
    events.every((event, index) => event === span.events[index])
  return isSame ? span : { ...span, attributes, events }
}

function withoutContent(attributes: Attributes): Attributes {
  const names = Object.keys(attributes)
  const kept = names.filter((name) => !isContentAttribute(name))
  if (kept.length === names.length) return attributes
  return Object.fromEntries(kept.map((name) => [name, attributes[name]]))
}
