import { asIs } from '../map/to-outgoing.js'
import type { SpanRoute } from '../pipeline/span-route.js'
import type { Reporter } from '../report.js'
import { isSampled } from '../sample/is-sampled.js'
import { createSelect, type ShouldExport } from '../select/should-export.js'

/**
 * Creates the way of spans that go anywhere but to Langfuse: every sampled one, as it is, unless the application says otherwise.
 *
 * @param shouldExport - The application's predicate, if it has one.
 * @param reporter - Told about one that fails.
 */
export function createPlainRoute(shouldExport: ShouldExport | undefined, reporter: Reporter): SpanRoute {
  const select = createSelect(shouldExport, () => true, reporter)
  return {
    started: () => {},
    decide: (span) => (isSampled(span) ? (select(span) ? 'kept' : 'filter') : 'sampling'),
    isFirst: (span) => span.parentSpanContext === undefined,
    outgoing: asIs,
  }
}
