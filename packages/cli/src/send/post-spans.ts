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

/**
 * Sends spans in one request, until the server has taken them.
 *
 * @param spans - The spans; none are no request.
 * @param delivery - Where to.
 * @throws {CliError} As {@link deliver}.
 */
export async function postSpans(spans: readonly Span[], delivery: SpanDelivery): Promise<void> {
  if (spans.length === 0) return
  const { missing, ...rest } = delivery
  const whatIsLeft = async (): Promise<Post | undefined> => {
    const left = await (missing?.(spans) ?? spans)
    return left.length === 0 ? undefined : toPost(left)
  }
  await deliver(toPost(spans), { ...rest, subject: 'spans', whatIsLeft })
}

function toPost(spans: readonly Span[]): Post {
  return {
    path: '/api/public/otel/v1/traces',
    json: exportRequest(spans),
    // Without it Langfuse shows spans after up to ten minutes.
    headers: { 'x-langfuse-ingestion-version': '4' },
  }
}
