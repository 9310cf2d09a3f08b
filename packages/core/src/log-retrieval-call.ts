import type { SpanFactory } from './span.js'

/** A search that is over. */
export interface RetrievalCall {
  /** @default 'retrieval' */
  readonly name?: string
  readonly query: unknown
  /** What was found, best first. */
  readonly documents: readonly unknown[]
}

/**
 * Records a search that is over as a retriever with its documents as output and their number as metadata.
 *
 * @param factory - The tracer, or the span to nest it under.
 * @param call - What is known of it.
 */
export function logRetrievalCall(factory: SpanFactory, { name = 'retrieval', query, documents }: RetrievalCall): void {
  factory
    .startSpan(name, { type: 'retriever', input: query })
    .setOutput(documents)
    .setAttribute('num_documents', documents.length)
    .end()
}
