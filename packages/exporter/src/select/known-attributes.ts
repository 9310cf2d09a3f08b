import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'
import type { StampedAttributes } from '../stamp/stamped-attributes.js'

/**
 * Vocabularies that only LLM instrumentations write: OpenTelemetry's GenAI conventions, OpenInference (`openinference.*`, `llm.*`),
 * OpenLLMetry (`traceloop.*`).
 */
const LLM_PREFIXES: readonly string[] = ['gen_ai.', 'openinference.', 'llm.', 'traceloop.']

// Langfuse's processors write these on every span they see, database calls included: they say nothing about the span.
const WRITTEN_ON_EVERY_SPAN: readonly string[] = ['langfuse.environment', 'langfuse.release', 'langfuse.internal.']

/**
 * Whether a span carries an attribute that marks it as part of an LLM application.
 *
 * @param span - Any span.
 * @param stamped - What the pipeline wrote on the span itself, which therefore marks nothing.
 */
export function hasKnownAttribute(span: ReadableSpan, stamped: StampedAttributes): boolean {
  for (const key in span.attributes) {
    if (LLM_PREFIXES.some((prefix) => key.startsWith(prefix))) return true
    if (!key.startsWith('langfuse.')) continue
    if (WRITTEN_ON_EVERY_SPAN.some((prefix) => key.startsWith(prefix)) || stamped.has(span, key)) continue
    return true
  }
  return false
}
