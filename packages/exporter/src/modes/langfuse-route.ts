import { toOutgoing } from '../map/to-outgoing.js'
import type { ResolvedExporterOptions } from '../options/exporter-options.js'
import type { SpanRoute } from '../pipeline/span-route.js'
import type { Reporter } from '../report.js'
import { createTraceRatio, isSampled } from '../sample/is-sampled.js'
import { Fates } from '../select/fates.js'
import type { ProjectClaim } from '../select/project-claims.js'
import { createSelect, isExportedByDefault } from '../select/should-export.js'
import { isClaimedElsewhere } from '../stamp/propagated-fields.js'
import { stampSpan } from '../stamp/stamp-span.js'
import { StampedAttributes } from '../stamp/stamped-attributes.js'

/**
 * Creates the way spans take to Langfuse: what the context propagates is stamped on spans that start; those that are selected are re-hung
 * and stamped on their way out.
 *
 * @param options - The resolved options.
 * @param claim - Keeps a span from being sent twice to one project.
 * @param reporter - Told about a filter that fails.
 */
export function createLangfuseRoute(
  options: ResolvedExporterOptions,
  claim: ProjectClaim,
  reporter: Reporter,
): SpanRoute {
  const stamped = new StampedAttributes()
  const select = createSelect(options.shouldExport, (span) => isExportedByDefault(span, stamped), reporter)
  const fates = new Fates((span) => isSampled(span) && select(span), isClaimedElsewhere)
  const isInShare = createTraceRatio(options.sampleRate)
  return {
    started(span, parentContext) {
      stampSpan(span, parentContext, stamped)
      fates.started(span, parentContext)
    },
    decide(span) {
      if (!fates.ended(span)) return isSampled(span) ? 'filter' : 'sampling'
      return isInShare(span) ? 'kept' : 'undecided'
    },
    claim: claim.take,
    isFirst: (span) => fates.placeOf(span).isFirst,
    outgoing: (span) => toOutgoing(span, fates.placeOf(span), options),
  }
}
