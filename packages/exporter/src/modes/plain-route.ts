import { asIs } from '../map/to-outgoing.js'
import type { ResolvedExporterOptions } from '../options/exporter-options.js'
import type { SpanRoute } from '../pipeline/span-route.js'
import type { Reporter } from '../report.js'
import { createTraceRatio, isSampled } from '../sample/is-sampled.js'
import { createSelect } from '../select/should-export.js'

/**
 * Creates the way of spans that go anywhere but to Langfuse: every sampled one, as it is, unless the application says otherwise.
 *
 * @param options - The resolved options.
 * @param reporter - Told about a predicate of the application that fails.
 */
export function createPlainRoute({ shouldExport, sampleRate }: ResolvedExporterOptions, reporter: Reporter): SpanRoute {
  const select = createSelect(shouldExport, () => true, reporter)
  const isInShare = createTraceRatio(sampleRate)
  return {
    started: () => {},
    decide(span) {
      if (!isSampled(span)) return 'sampling'
      if (!select(span)) return 'filter'
      return isInShare(span) ? 'kept' : 'undecided'
    },
    claim: () => true,
    isFirst: ({ parentSpanContext }) => parentSpanContext === undefined || parentSpanContext.isRemote === true,
    outgoing: asIs,
  }
}
