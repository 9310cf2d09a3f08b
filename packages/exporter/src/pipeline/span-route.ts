import type { Context } from '@opentelemetry/api'
import type { ReadableSpan, Span } from '@opentelemetry/sdk-trace-base'
import type { OutgoingSpan } from '../encode/outgoing-span.js'

/** Why a span is not to be sent. */
export type FilterReason =
  /** It is not of an LLM application, or `shouldExport` said no. */
  | 'filter'
  /** Its trace is not among the share that is kept. */
  | 'sampling'
  /** Another processor sends it to the same project. */
  | 'elsewhere'

/** What becomes of a span that ended: it is sent, or its trace decides, or it is not sent. */
export type Decision = 'kept' | 'undecided' | FilterReason

/** What a mode does with spans before they are queued. May throw: the application's own functions run in it. */
export interface SpanRoute {
  /** A span starts. */
  started(span: Span, parentContext: Context): void
  /** A span ended. Asked once for each. */
  decide(span: ReadableSpan): Decision
  /** Whether a span that is to be sent is this pipeline's to send: nobody else does. Asked once for each, when it is known that it is kept. */
  claim(span: ReadableSpan): boolean
  /** Whether a span that ended is the first of its trace in this process. */
  isFirst(span: ReadableSpan): boolean
  /** What is sent of a span, asked when its batch is complete. */
  outgoing(span: ReadableSpan): OutgoingSpan
}
