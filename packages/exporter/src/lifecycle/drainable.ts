import type { HttpAnswer } from '../delivery/read-answer.js'
import type { EncodedBatch } from '../encode/encoded-batch.js'
import type { Spool } from '../spool/spool.js'
import type { LastSendTarget } from './send-synchronously.js'

/** What of a pipeline the end of the process needs: the port between life cycle and delivery. */
export interface Drainable {
  /** Where spans go, as people call it, and its scheme, host and port. */
  readonly destination: { readonly name: string; readonly origin: string | undefined }
  /** Where a last request goes, and how; undefined for what is not sent over HTTP. */
  readonly target: LastSendTarget | undefined
  /** Takes what is not sent, if there is one: it comes before a last request. */
  readonly spool: Pick<Spool, 'append'> | undefined
  /** Whether nothing is held, neither waiting nor on its way. Asked often. */
  isEmpty(): boolean
  /**
   * Sends what is held. May be called while another flush runs. Never rejects. When it has resolved, nothing of it keeps the event loop
   * alive: requests without an answer are ended.
   *
   * @param deadlineMillis - How long it may take.
   * @returns Resolves when nothing is held, nothing more can be done, or the time is up.
   */
  flush(deadlineMillis: number): Promise<void>
  /**
   * Gives up everything that is held, waiting or on its way, and forgets it: an answer that comes later is not counted. Synchronous. What
   * was on its way is sent again, and may arrive twice: whether it has arrived cannot be known any more.
   */
  takeRemaining(): readonly EncodedBatch[]
  /**
   * Says how many spans of a last request the server has taken.
   *
   * @param answer - What it answered.
   * @param spanCount - How many spans the request held.
   */
  acceptedSpans(answer: HttpAnswer, spanCount: number): number
  /** Books what became of the spans that were taken, and passes the message on. */
  settle(remainder: SettledRemainder): void
}

/** What became of the spans that were left when the process ended. */
export interface SettledRemainder {
  /** Spans the server has taken. */
  readonly exported: number
  /** Spans the spool has taken. */
  readonly spooled: number
  /** The rest. */
  readonly lost: number
  /** Says in one line what was lost and why; undefined when nothing was. */
  readonly message: string | undefined
}
