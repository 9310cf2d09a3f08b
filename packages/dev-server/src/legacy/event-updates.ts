import { randomUUID } from 'node:crypto'
import { isRecord } from '../is-record.js'
import { statedCost } from '../mapping/cost-details.js'
import { normalizeEnvironment } from '../mapping/environment.js'
import { textByKey } from '../mapping/metadata.js'
import { modelParameters } from '../mapping/model-parameters.js'
import { usageDetails } from '../mapping/usage-details.js'
import type { CostDetails, Metadata, UsageDetails } from '../model/observation.js'
import type { ObservationType } from '../model/observation-type.js'
import { MAX_JSON_DEPTH, nestsTooDeep } from '../nests-too-deep.js'
import { invalidData } from '../wire/api-error.js'
import type { LegacyUpdates } from './apply-updates.js'
import {
  type EventSubject,
  type NamedBody,
  type ObservationBody,
  parseObservationBody,
  parseTraceBody,
  type TraceBody,
} from './event-body.js'

/** What an event says, and the id of what it is about. */
export interface EventUpdates extends LegacyUpdates {
  readonly id: string
}

/**
 * What an event of `POST /api/public/ingestion` says.
 *
 * @param subject What it is about.
 * @param body Its body, unchecked.
 * @param timestampMillis When it happened.
 * @returns The updates.
 * @throws {ApiError} 400 with Langfuse's issue list if the body does not fit, or nests deeper than can be followed.
 */
export function eventUpdates(subject: EventSubject, body: unknown, timestampMillis: number): EventUpdates {
  if (nestsTooDeep(body)) {
    const message = `The body of an event may nest ${MAX_JSON_DEPTH} levels deep: send less`
    throw invalidData([{ code: 'custom', path: ['body'], message }])
  }
  return subject.kind === 'trace'
    ? traceEvent(parseTraceBody(body), timestampMillis)
    : observationEvent(parseObservationBody(body), subject.type, timestampMillis)
}

function traceEvent(body: TraceBody, timestampMillis: number): EventUpdates {
  const id = body.id || randomUUID()
  const trace = {
    ...{ id, isHint: false, knowsStart: body.timestamp !== undefined && body.timestamp !== null },
    timestampMillis: body.timestamp ?? timestampMillis,
    ...named(body),
    userId: body.userId ?? '',
    sessionId: body.sessionId ?? '',
    release: body.release ?? '',
    tags: body.tags ?? [],
    ...(typeof body.public === 'boolean' && { public: body.public }),
  }
  return { id, traces: [trace], observations: [] }
}

function observationEvent(
  body: ObservationBody,
  type: ObservationType | undefined,
  timestampMillis: number,
): EventUpdates {
  const id = body.id || randomUUID()
  const traceId = body.traceId || randomUUID()
  const startTimeMillis = body.startTime ?? undefined
  const kind = type ?? body.type ?? undefined
  const observation = {
    ...{ id, traceId, ...named(body), parentObservationId: body.parentObservationId ?? '' },
    ...(kind !== undefined && { type: kind }),
    ...(startTimeMillis !== undefined && { startTimeMillis }),
    endTimeMillis: body.endTime ?? (kind === 'EVENT' ? (startTimeMillis ?? null) : null),
    ...(body.level && { level: body.level }),
    details: details(body, kind),
  }
  // An observation without a trace of its own begins one: else nobody would find it in a list.
  const isAlone = !body.traceId
  const hint = { id: traceId, timestampMillis: startTimeMillis ?? timestampMillis, isHint: true, knowsStart: false }
  const trace = isAlone ? { ...hint, name: body.name ?? '' } : hint
  return { id, traces: [trace], observations: [observation] }
}

function named(body: NamedBody): {
  readonly name: string
  readonly version: string
  readonly environment?: string
  readonly metadata: Metadata
  readonly input: string
  readonly output: string
} {
  return {
    name: body.name ?? '',
    version: body.version ?? '',
    ...(body.environment && { environment: normalizeEnvironment(body.environment) }),
    metadata: metadataText(body.metadata),
    input: payloadText(body.input),
    output: payloadText(body.output),
  }
}

/** Metadata that are no object stand under the key `metadata`. */
function metadataText(metadata: unknown): Metadata {
  if (metadata === undefined || metadata === null) return {}
  return textByKey(isRecord(metadata) ? metadata : { metadata })
}

function payloadText(payload: unknown): string {
  if (payload === undefined || payload === null) return ''
  return typeof payload === 'string' ? payload : JSON.stringify(payload)
}

/** What a model call says of itself, read as the attributes of a span are, so that both mean the same. */
function details(
  body: ObservationBody,
  type: ObservationType | undefined,
): EventUpdates['observations'][number]['details'] {
  const parameters = { 'langfuse.observation.model.parameters': JSON.stringify(body.modelParameters ?? null) }
  const isPlain = type === 'SPAN' || type === 'EVENT'
  const { usage, cost } = usageOf(body)
  return {
    statusMessage: body.statusMessage ?? '',
    ...(isPlain ? {} : { modelParameters: modelParameters(parameters, undefined) }),
    completionStartMillis: body.completionStartTime ?? null,
    model: body.model ?? '',
    ...(Object.keys(usage).length > 0 && { usageDetails: usage }),
    ...(Object.keys(cost).length > 0 && { statedCost: cost }),
    promptName: body.promptName ?? '',
    promptVersion: body.promptVersion ?? null,
  }
}

/** `usage` is the older way, with costs among the units, and OpenAI's names in other words. */
function usageOf(body: ObservationBody): { readonly usage: UsageDetails; readonly cost: CostDetails } {
  const { promptTokens, completionTokens, totalTokens, unit: _unit, ...older } = body.usage ?? {}
  const { inputCost, outputCost, totalCost, ...units } = older
  const plain = withoutNull({
    input: promptTokens,
    output: completionTokens,
    total: totalTokens,
    ...withoutNull(units),
  })
  const cost = body.costDetails ?? withoutNull({ input: inputCost, output: outputCost, total: totalCost })
  return {
    usage: usageDetails(
      { 'langfuse.observation.usage_details': JSON.stringify(body.usageDetails ?? plain) },
      undefined,
    ),
    cost: statedCost({ 'langfuse.observation.cost_details': JSON.stringify(cost) }),
  }
}

function withoutNull(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined && value !== null))
}
