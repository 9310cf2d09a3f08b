import type { EncodedBatch } from '../encode/encoded-batch.js'
import type { Deadline } from './deadline.js'

/** What became of one request. */
export type SendOutcome =
  /** The server took the batch, but for this many of its spans. */
  | { readonly status: 'sent'; readonly rejectedSpans: number }
  /** It may take it later; `afterMillis` is how long it asked to be left alone. */
  | { readonly status: 'retryable'; readonly error: unknown; readonly afterMillis: number | undefined }
  /** Its own fault, or what is in the batch: a few tries will tell. */
  | { readonly status: 'doubtful'; readonly error: unknown }
  /** The batch is too large as it is; fewer or smaller spans may pass. */
  | { readonly status: 'too_large'; readonly error: unknown }
  /** Something in the batch is not acceptable; parts of it may be. */
  | { readonly status: 'refused'; readonly error: unknown }
  /** Nothing from here will be taken: credentials, address. */
  | { readonly status: 'failed'; readonly error: unknown }

/** Sends batches: the port between delivery and the outside. */
export interface BatchSender {
  /**
   * Sends one batch, once. Never rejects.
   *
   * @param batch - At least one span.
   * @param deadline - When its signal aborts, the request is ended and the promise settles.
   */
  send(batch: EncodedBatch, deadline: Deadline): Promise<SendOutcome>
  /** Gives up what is kept open between batches. */
  close(): void
}
