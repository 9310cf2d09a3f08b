import { createHash } from 'node:crypto'
import { type OtlpSpan, otlpAttributes, unixNano } from './otlp-span.js'
import type { PublishableItem } from './published-result.js'

/** A run of a dataset at Langfuse. */
export interface ExperimentRun {
  /** The experiment's id; on Langfuse 3 that of the dataset run. */
  readonly id: string
  readonly name: string
  readonly description: string | undefined
  readonly metadata: Readonly<Record<string, unknown>>
  readonly datasetId: string
  /** Puts the results into the traces in which the outputs were made. */
  readonly linkToTraces: boolean
}

/** Names of attributes that Langfuse 4.16 reads (`LangfuseOtelSpanAttributes`). */
const ATTRIBUTE = {
  isAppRoot: 'langfuse.internal.is_app_root',
  type: 'langfuse.observation.type',
  environment: 'langfuse.environment',
  traceName: 'langfuse.trace.name',
  input: 'langfuse.observation.input',
  output: 'langfuse.observation.output',
  level: 'langfuse.observation.level',
  statusMessage: 'langfuse.observation.status_message',
  experimentId: 'langfuse.experiment.id',
  experimentName: 'langfuse.experiment.name',
  experimentDescription: 'langfuse.experiment.description',
  experimentMetadata: 'langfuse.experiment.metadata',
  datasetId: 'langfuse.experiment.dataset.id',
  itemId: 'langfuse.experiment.item.id',
  itemMetadata: 'langfuse.experiment.item.metadata',
  itemExpectedOutput: 'langfuse.experiment.item.expected_output',
  itemRoot: 'langfuse.experiment.item.root_observation_id',
} as const

// What Langfuse's own SDKs call them, and what its experiments are told by.
const SPAN_NAME = 'experiment-item-run'
const ENVIRONMENT = 'sdk-experiment'

/**
 * Makes the span that stands for an item in an experiment of Langfuse 4. Its ids are made of run and item: sent twice, it is one.
 *
 * @param judged - The item's result.
 * @param itemId - The item's id at Langfuse.
 * @param run - The run.
 * @returns The span: in a trace of its own, or, if the run links to traces and the result has one, below the observation that gave the answer.
 */
export function experimentSpan(judged: PublishableItem, itemId: string, run: ExperimentRun): OtlpSpan {
  const digest = createHash('sha256')
    .update(JSON.stringify([run.datasetId, run.name, itemId]))
    .digest('hex')
  const spanId = digest.slice(32, 48)
  const linked = run.linkToTraces ? judged.traceId : null
  const start = judged.startTime.getTime()
  const { item, output, error, latencySeconds } = judged
  return {
    traceId: linked ?? digest.slice(0, 32),
    spanId,
    ...(linked === null || judged.observationId === null ? {} : { parentSpanId: judged.observationId }),
    name: SPAN_NAME,
    kind: 1,
    startTimeUnixNano: unixNano(start),
    endTimeUnixNano: unixNano(start + (latencySeconds ?? 0) * 1000),
    attributes: otlpAttributes({
      // A trace that is linked to has a root already.
      [ATTRIBUTE.isAppRoot]: linked === null ? true : undefined,
      [ATTRIBUTE.traceName]: linked === null ? SPAN_NAME : undefined,
      [ATTRIBUTE.type]: 'span',
      [ATTRIBUTE.environment]: ENVIRONMENT,
      [ATTRIBUTE.input]: textOf({ query: item.query, ...item.additionalInput }),
      [ATTRIBUTE.output]: textOf(output),
      [ATTRIBUTE.level]: error === null ? undefined : 'ERROR',
      [ATTRIBUTE.statusMessage]: error ?? undefined,
      [ATTRIBUTE.experimentId]: run.id,
      [ATTRIBUTE.experimentName]: run.name,
      [ATTRIBUTE.experimentDescription]: run.description,
      [ATTRIBUTE.experimentMetadata]: recordText(run.metadata),
      [ATTRIBUTE.datasetId]: run.datasetId,
      [ATTRIBUTE.itemId]: itemId,
      [ATTRIBUTE.itemMetadata]: recordText(item.metadata),
      [ATTRIBUTE.itemExpectedOutput]: item.expectedOutput ?? undefined,
      [ATTRIBUTE.itemRoot]: spanId,
    }),
  }
}

function textOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined
  if (typeof value === 'string') return value
  try {
    return JSON.stringify(value)
  } catch {
    // A task may return what JSON has no form for; the scores are what counts.
    return String(value)
  }
}

function recordText(record: Readonly<Record<string, unknown>>): string | undefined {
  return Object.keys(record).length === 0 ? undefined : textOf(record)
}
