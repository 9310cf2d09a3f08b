import type { Attributes } from '../decode-otlp/attributes.js'
import type { DecodedScopeSpans, DecodedSpan } from '../decode-otlp/decoded-span.js'
import { statedCost } from '../mapping/cost-details.js'
import { firstAttribute } from '../mapping/first-attribute.js'
import { nestedMetadata } from '../mapping/metadata.js'
import type { Observation } from '../model/observation.js'
import type { LegacyUpdates } from './apply-updates.js'
import type { ObservationUpdate } from './observation-update.js'
import type { TraceUpdate } from './trace-update.js'

/**
 * What spans say of traces and observations in Langfuse's transition mode, which writes them in the form of version 3 as well.
 *
 * @param origin The spans of one resource and scope.
 * @param observations What version 4 makes of the same spans, one for each.
 * @returns The updates.
 */
export function spanUpdates(origin: DecodedScopeSpans, observations: readonly Observation[]): LegacyUpdates {
  const pairs = origin.spans.flatMap((span, index) => {
    const observation = observations[index]
    return observation === undefined ? [] : [{ span, observation }]
  })
  return {
    traces: pairs.map(({ span, observation }) => traceOf(span, origin, observation)),
    observations: pairs.map(({ span, observation }) => observationOf(span, origin, observation)),
  }
}

function traceOf(span: DecodedSpan, origin: DecodedScopeSpans, observation: Observation): TraceUpdate {
  const { attributes } = span
  const { traceId: id, startTimeMillis: timestampMillis, environment, userId, sessionId, tags, details } = observation
  const isRoot = observation.isRoot || isTrue(attributes['langfuse.internal.as_root'])
  const name = firstAttribute(attributes, ['langfuse.trace.name']) ?? ''
  const shared = { id, timestampMillis, knowsStart: isRoot }
  if (!isRoot && !saysSomething(name, observation, attributes)) return { ...shared, isHint: true, environment }
  const [input = '', output = ''] = ['input', 'output'].map((part) =>
    firstAttribute(attributes, [`langfuse.trace.${part}`]),
  )
  return {
    ...{ ...shared, isHint: false, userId, sessionId, tags, environment },
    ...{ release: details.release, version: details.version },
    // No span takes back that a trace is public.
    ...(details.public && { public: true }),
    name: name || (isRoot ? observation.name : ''),
    // A child says of its trace only what stands in the attributes of the trace.
    metadata: isRoot ? nestedMetadata(attributes, origin, 'trace') : {},
    input: input || (isRoot ? observation.input : ''),
    output: output || (isRoot ? observation.output : ''),
  }
}

function saysSomething(name: string, { userId, sessionId, tags }: Observation, attributes: Attributes): boolean {
  return (
    name !== '' ||
    userId !== '' ||
    sessionId !== '' ||
    tags.length > 0 ||
    Object.keys(attributes).some((key) => key.startsWith('langfuse.trace.'))
  )
}

function observationOf(span: DecodedSpan, origin: DecodedScopeSpans, observation: Observation): ObservationUpdate {
  const { id, traceId, parentObservationId, startTimeMillis, endTimeMillis, type, name, level } = observation
  const { environment, input, output, details } = observation
  // Spans and events of version 3 have no parameters at all.
  const isPlain = type === 'SPAN' || type === 'EVENT'
  return {
    ...{
      id,
      traceId,
      parentObservationId,
      startTimeMillis,
      endTimeMillis,
      type,
      name,
      level,
      environment,
      input,
      output,
    },
    version: details.version,
    metadata: nestedMetadata(span.attributes, origin, 'observation'),
    details: {
      statusMessage: details.statusMessage,
      completionStartMillis: details.completionStartMillis,
      model: details.model,
      modelParameters: isPlain ? null : details.modelParameters,
      usageDetails: details.usageDetails,
      statedCost: statedCost(span.attributes),
      promptName: details.promptName,
      promptVersion: details.promptVersion,
    },
  }
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true'
}
