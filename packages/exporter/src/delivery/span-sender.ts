import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'
import type { Deadline } from './deadline.js'

/** What became of one attempt to send a batch, retries included. */
export type SendOutcome =
  /** The server took the batch, but for this many of its spans. */
  | { readonly status: 'sent'; readonly rejectedSpans: number }
  /** The batch is too large as it is; fewer spans at a time may pass. */
  | { readonly status: 'too_large'; readonly error: unknown }
  | { readonly status: 'failed'; readonly error: unknown }

/** Sends batches of spans: the port between accounting and the outside. */
export interface SpanSender {
  /**
   * Sends one batch.
   *
   * @param spans - At least one.
   * @param deadline - When its signal aborts, the request is ended and the promise settles; until then the batch is on its way.
   */
  send(spans: readonly ReadableSpan[], deadline: Deadline): Promise<SendOutcome>
  /** Gives up what is kept open between batches. */
  close(): void
}
