import type { Span } from '@opentelemetry/sdk-trace-base'

/** Langfuse's name for a trace's tags, https://langfuse.com/integrations/native/opentelemetry#property-mapping. */
const TAGS = 'langfuse.trace.tags'

/**
 * Adds the process's tags to a span's own, each once, its own first.
 *
 * @param span - A span that has not ended.
 * @param tags - Tags of every span of the process.
 */
export function stampTags(span: Span, tags: readonly string[]): void {
  if (tags.length === 0) return
  const own = span.attributes[TAGS]
  const present = Array.isArray(own) ? own.filter((tag) => typeof tag === 'string') : []
  const missing = tags.filter((tag) => !present.includes(tag))
  if (missing.length > 0) span.setAttribute(TAGS, [...present, ...missing])
}
