import { exportRequest } from '../otlp/export-request.js'
import type { Span } from '../otlp/span.js'
import { type Delivery, deliver } from './deliver.js'
import type { Post } from './langfuse-client.js'

/** How spans are sent. */
export interface SpanDelivery extends Omit<Delivery, 'whatIsLeft' | 'subject'> {
  /**
   * Asked before spans are sent again of which nobody knows whether the server took them.
   *
   * @returns Those that it does not have.
   */
  readonly missing?: (spans: readonly Span[]) => Promise<readonly Span[]>
}

/** What became of spans that a server answered with success. */
export type PostedSpans = { readonly kind: 'taken' } | { readonly kind: 'partly'; readonly reason: string }

/**
 * Sends spans in one request, until the server has taken them.
 *
 * @param spans - The spans; none are no request.
 * @param delivery - Where to.
 * @returns Whether it took all of them. Which ones it did not take, OTLP does not say.
 * @throws {CliError} As {@link deliver}.
 */
export async function postSpans(spans: readonly Span[], delivery: SpanDelivery): Promise<PostedSpans> {
  if (spans.length === 0) return { kind: 'taken' }
  const { missing, ...rest } = delivery
  const whatIsLeft = async (): Promise<Post | undefined> => {
    const left = await (missing?.(spans) ?? spans)
    return left.length === 0 ? undefined : toPost(left)
  }
  const answer = await deliver(toPost(spans), { ...rest, subject: 'spans', whatIsLeft })
  const rejected = rejectedSpans(answer)
  if (rejected === 0) return { kind: 'taken' }
  return { kind: 'partly', reason: `${delivery.client.origin} rejected ${rejected} of ${spans.length} spans` }
}

// OTLP's partial success: a 200 that did not take everything. Protobuf's JSON writes 64-bit numbers as text.
function rejectedSpans(answer: unknown): number {
  const { partialSuccess }: { partialSuccess?: { rejectedSpans?: unknown } | null } = Object(answer)
  return Number(partialSuccess?.rejectedSpans ?? 0)
}

function toPost(spans: readonly Span[]): Post {
  return {
    path: '/api/public/otel/v1/traces',
    json: exportRequest(spans),
    // Without it Langfuse shows spans after up to ten minutes.
    headers: { 'x-langfuse-ingestion-version': '4' },
  }
}
