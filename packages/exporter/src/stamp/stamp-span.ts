import { type Context, ROOT_CONTEXT } from '@opentelemetry/api'
import type { Span } from '@opentelemetry/sdk-trace-base'
import { propagatedFields } from './propagated-fields.js'
import type { StampedAttributes } from './stamped-attributes.js'

/**
 * Writes what the context propagates on a span that starts, where the span does not say otherwise itself.
 *
 * On the span and not only on what is sent of it: it is the same for every project, and processors beside this one may want it.
 *
 * @param span - The span.
 * @param parentContext - The context it starts in.
 * @param stamped - Remembers what was written.
 */
export function stampSpan(span: Span, parentContext: Context, stamped: StampedAttributes): void {
  // What runs in no trace context has nothing to look up.
  if (parentContext === ROOT_CONTEXT) return
  for (const [key, value] of Object.entries(propagatedFields(parentContext))) {
    if (value === undefined || key in span.attributes) continue
    // A prompt's name and version belong together: a version of one prompt must not join the name of another.
    if (key === PROMPT_VERSION && PROMPT_NAME in span.attributes && !stamped.has(span, PROMPT_NAME)) continue
    span.setAttribute(key, value)
    stamped.add(span, key)
  }
}

const PROMPT_NAME = 'langfuse.observation.prompt.name'
const PROMPT_VERSION = 'langfuse.observation.prompt.version'
