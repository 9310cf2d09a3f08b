import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base'
import type { SpanLedger } from '../delivery/span-ledger.js'
import { isSampled } from '../select/is-sampled.js'
import type { Select } from '../select/should-export.js'

/**
 * Lets sampled, selected spans through to a processor and counts them.
 *
 * @param inner - Queues and exports.
 * @param select - Decides.
 * @param ledger - Counts what is let through.
 */
export function createSelectingProcessor(inner: SpanProcessor, select: Select, ledger: SpanLedger): SpanProcessor {
  return {
    onStart: (span, parentContext) => inner.onStart(span, parentContext),
    onEnd: (span: ReadableSpan): void => {
      if (!isSampled(span) || !select(span)) return
      ledger.accept(span)
      inner.onEnd(span)
    },
    forceFlush: () => inner.forceFlush(),
    shutdown: () => inner.shutdown(),
  }
}
