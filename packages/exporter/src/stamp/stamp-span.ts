import type { Context } from '@opentelemetry/api'
import type { Span, SpanProcessor } from '@opentelemetry/sdk-trace-base'
import { stampTags } from './stamp-tags.js'
import type { StampedAttributes } from './stamped-attributes.js'

/** What `stampSpan` works with. */
export interface Stamping {
  /** `@langfuse/otel`'s processor: writes environment, release, what the context propagates, and the app root mark. */
  readonly langfuse: SpanProcessor
  /** Tags of every span of the process. */
  readonly tags: readonly string[]
  readonly stamped: StampedAttributes
}

/**
 * Writes on a span that starts what stands on every span, and lets the span keep what it brought along.
 *
 * Langfuse's processor overwrites: a span made with its own environment would leave with the process's.
 *
 * @param span - The span.
 * @param parentContext - The context it starts in.
 * @param stamping - With what.
 */
export function stampSpan(span: Span, parentContext: Context, { langfuse, tags, stamped }: Stamping): void {
  const own = { ...span.attributes }
  stamped.record(span, own, () => {
    langfuse.onStart(span, parentContext)
    for (const [key, value] of Object.entries(own)) {
      if (value !== undefined && span.attributes[key] !== value) span.setAttribute(key, value)
    }
    stampTags(span, tags)
  })
}
