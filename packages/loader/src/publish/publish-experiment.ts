import { readId } from '../options/read-id.js'
import { type LoaderPorts, SYSTEM_PORTS } from '../rest/ports.js'
import { checkMetadata } from './check-metadata.js'
import type { DatasetRunItem } from './dataset-run-items.js'
import { ensureDatasetItems } from './ensure-dataset-items.js'
import { type ExperimentRun, experimentSpan } from './experiment-span.js'
import {
  type LangfuseConnectionOptions,
  type LangfuseProject,
  refuseUnknownOptions,
  withLangfuse,
} from './langfuse-connection.js'
import type { OtlpSpan } from './otlp-span.js'
import { postScores } from './post-scores.js'
import { postSpans } from './post-spans.js'
import { type PublishedScores, planScores, settleScores } from './publish-scores.js'
import type { PublishableItem, PublishableResult } from './published-result.js'
import type { NotDone } from './push-item.js'
import { putDatasetRun } from './put-dataset-run.js'

/** As which run of which dataset a result is published. */
export interface PublishExperimentOptions extends LangfuseConnectionOptions {
  /** The dataset at Langfuse. It is made if there is none, and items it lacks are added. @default the dataset's own name */
  datasetName?: string
  /** The run's name. Publishing again under it replaces the results. @default the dataset's name and when the evaluation began */
  runName?: string
  /** What the run is about. @default none */
  description?: string
  /** Facts about the run as a whole: model, prompt version … @default {} */
  metadata?: Readonly<Record<string, unknown>>
  /**
   * Shows each result in the trace in which its output was made, instead of in a trace of its own. Results without a trace get one.
   * @default false
   */
  linkToTraces?: boolean
  /** Links to traces, and writes the scores to the observations that answered instead of to the run's spans. @default false */
  scoreOnRuntimeTraces?: boolean
  /** Tags that stand in the metadata of every score, as `tags`. @default none */
  tags?: readonly string[]
  /** Publishes the scores of these names alone. @default all */
  metricNames?: readonly string[]
}

/** A run that was published. */
export interface PublishedExperiment {
  readonly datasetName: string
  readonly datasetId: string
  readonly runName: string
  /** The id of the experiment; on Langfuse 3 that of the dataset run. `null` if the result has no items that could be published. */
  readonly experimentId: string | null
  /** How many items the run holds. */
  readonly items: number
  /** Items that could not be published. */
  readonly failedItems: readonly NotDone[]
  /** What became of the scores. */
  readonly scores: PublishedScores
}

const NAMES = [
  'datasetName',
  'runName',
  'description',
  'metadata',
  'linkToTraces',
  'scoreOnRuntimeTraces',
  'tags',
  'metricNames',
] as const satisfies readonly (keyof PublishExperimentOptions)[]

/**
 * Publishes a result as a run of a dataset: as spans that make an experiment of Langfuse 4 and, on a server that stores dataset runs, as the items
 * of one.
 *
 * @param result - The evaluation's result.
 * @param options - Dataset and run.
 * @param ports - Clock, randomness and timer, for tests.
 * @returns The run, and what became of items and scores.
 * @throws {LoaderError} `invalid_options` before any request; whatever goes wrong with a request that is not about one item.
 */
export async function publishExperiment(
  result: PublishableResult,
  options: PublishExperimentOptions,
  ports: LoaderPorts = SYSTEM_PORTS,
): Promise<PublishedExperiment> {
  refuseUnknownOptions(options, NAMES)
  const datasetName = readId(options.datasetName ?? result.name, 'datasetName')
  const runName = readId(options.runName ?? `${result.name} ${result.startTime.toISOString()}`, 'runName')
  checkMetadata(options.metadata)
  // Finds out what is wrong with the other options before anything is sent.
  planScores(result, options, () => undefined, new Date(0))
  const publish = (project: LangfuseProject): Promise<PublishedExperiment> =>
    publishRun(project, result, { datasetName, runName }, options, new Date(ports.now()))
  return withLangfuse(options, NAMES, publish, ports)
}

async function publishRun(
  project: LangfuseProject,
  result: PublishableResult,
  names: { readonly datasetName: string; readonly runName: string },
  options: PublishExperimentOptions,
  now: Date,
): Promise<PublishedExperiment> {
  const { dataset, idOf, failed } = await ensureDatasetItems(
    project,
    names.datasetName,
    result.items.map(({ item }) => item),
  )
  const facts = {
    name: names.runName,
    description: options.description,
    metadata: options.metadata ?? {},
    datasetId: dataset.id,
    // Scores that stand in the traces of the outputs belong to results that stand there too.
    linkToTraces: (options.linkToTraces ?? false) || (options.scoreOnRuntimeTraces ?? false),
  }
  const there = result.items.filter(({ item }) => idOf.has(item.id))
  const spansFor = (run: ExperimentRun): ReadonlyMap<PublishableItem, OtlpSpan> =>
    new Map(there.map((judged) => [judged, experimentSpan(judged, idOf.get(judged.item.id) ?? '', run)]))
  const outcome = { ...names, datasetId: dataset.id }
  // The ids of the spans do not depend on the run's, which only the server knows.
  const drafts = spansFor({ ...facts, id: '' })
  const runItems = [...drafts].map(([judged, span]) => runItem(facts, idOf.get(judged.item.id) ?? '', span))
  const [first, ...others] = runItems
  if (first === undefined) {
    const scores = settleScores(
      planScores(result, options, () => undefined, now),
      new Map(),
    )
    return { ...outcome, experimentId: null, items: 0, failedItems: failed, scores }
  }
  const experimentId = await putDatasetRun(project, dataset.id, [first, ...others])
  const spans = spansFor({ ...facts, id: experimentId })
  const tooLarge = await postSpans(project, [...spans.values()])
  const oversized = [...spans].filter(([, span]) => tooLarge.has(span.spanId))
  const plan = planScores(result, options, (judged) => targetOf(judged, spans.get(judged), options), now)
  const refused = await postScores(
    project,
    plan.planned.map(({ event }) => event),
  )
  return {
    ...outcome,
    experimentId,
    items: spans.size - oversized.length,
    failedItems: [
      ...failed,
      ...oversized.map(([{ item }]) => ({ id: item.id, reason: 'it is larger than the server takes' })),
    ],
    scores: settleScores(plan, refused),
  }
}

function runItem(run: Omit<ExperimentRun, 'id'>, datasetItemId: string, span: OtlpSpan): DatasetRunItem {
  const { name, description, metadata } = run
  return {
    runName: name,
    runDescription: description,
    metadata,
    datasetItemId,
    traceId: span.traceId,
    observationId: span.spanId,
  }
}

function targetOf(
  judged: PublishableItem,
  span: OtlpSpan | undefined,
  options: PublishExperimentOptions,
): { traceId: string; observationId: string | null } | undefined {
  const { traceId, observationId } = judged
  if ((options.scoreOnRuntimeTraces ?? false) && traceId !== null) return { traceId, observationId }
  return span === undefined ? undefined : { traceId: span.traceId, observationId: span.spanId }
}
