import { invalidOption } from '../options/invalid-option.js'
import { readTagList } from '../options/read-tag-list.js'
import { type LoaderPorts, SYSTEM_PORTS } from '../rest/ports.js'
import { type LangfuseConnectionOptions, refuseUnknownOptions, withLangfuse } from './langfuse-connection.js'
import { postScores } from './post-scores.js'
import type { PublishableItem, PublishableResult } from './published-result.js'
import { type ScoreEvent, type ScoreTarget, scoreEvent } from './score-event.js'

/** Which scores are published, and where to. */
export interface PublishScoresOptions extends LangfuseConnectionOptions {
  /** Writes a score to the observation that gave the answer, where it is known; else to the trace. @default true */
  observationLevel?: boolean
  /** Tags that stand in the metadata of every score, as `tags`. @default none */
  tags?: readonly string[]
  /** Publishes the scores of these names alone. @default all */
  metricNames?: readonly string[]
  /** Does everything but send. @default false */
  dryRun?: boolean
}

/** A score that was not published, and why. */
export interface UnpublishedScore {
  /** The item's id. */
  readonly id: string
  /** The score's name; `null` if the item has no scores at all. */
  readonly metric: string | null
  readonly reason: string
}

/** What became of scores. */
export interface PublishedScores {
  /** How many Langfuse took; in a dry run, how many would have been sent. */
  readonly uploaded: number
  /** Those that could not be sent: there is no score, or no trace it could belong to. */
  readonly skipped: readonly UnpublishedScore[]
  /** Those that Langfuse refused. */
  readonly failed: readonly UnpublishedScore[]
}

/**
 * Writes the scores of an evaluation to the traces in which the outputs were made.
 *
 * @param result - The evaluation's result.
 * @param options - Which scores, and where to.
 * @param ports - Clock, randomness and timer, for tests.
 * @returns How many Langfuse took, and why the others were not published.
 * @throws {LoaderError} `invalid_options` before any request; whatever goes wrong with a batch as a whole.
 */
export async function publishScores(
  result: PublishableResult,
  options: PublishScoresOptions,
  ports: LoaderPorts = SYSTEM_PORTS,
): Promise<PublishedScores> {
  const atObservation = options.observationLevel ?? true
  const targetOf = ({ traceId, observationId }: PublishableItem): ScoreTarget | undefined =>
    traceId === null ? undefined : { traceId, observationId: atObservation ? observationId : null }
  const plan = planScores(result, options, targetOf, new Date(ports.now()))
  const names = ['observationLevel', 'tags', 'metricNames', 'dryRun']
  if (options.dryRun ?? false) {
    refuseUnknownOptions(options, names)
    return settleScores(plan, new Map())
  }
  const events = plan.planned.map(({ event }) => event)
  return withLangfuse(options, names, async (project) => settleScores(plan, await postScores(project, events)), ports)
}

/** Scores on their way. */
export interface ScorePlan {
  readonly planned: readonly { readonly event: ScoreEvent; readonly id: string; readonly metric: string }[]
  readonly skipped: readonly UnpublishedScore[]
}

/**
 * Decides which scores are sent, about what.
 *
 * @param result - The evaluation's result.
 * @param options - Which scores.
 * @param targetOf - What the scores of an item are about.
 * @param now - The time.
 * @returns The scores to send, and those that cannot be sent.
 * @throws {LoaderError} `invalid_options` if `metricNames` names a metric that there is not.
 */
export function planScores(
  result: PublishableResult,
  options: Pick<PublishScoresOptions, 'tags' | 'metricNames'>,
  targetOf: (item: PublishableItem) => ScoreTarget | undefined,
  now: Date,
): ScorePlan {
  const tags = readTagList(options.tags ?? [], 'tags')
  const wanted = readMetricNames(result, options.metricNames)
  const planned: ScorePlan['planned'][number][] = []
  const skipped: UnpublishedScore[] = []
  for (const judged of result.items) {
    const { id } = judged.item
    if (judged.error !== null) skipped.push({ id, metric: null, reason: judged.error })
    const target = targetOf(judged)
    const metadata = { dataset: result.name, itemId: id, ...(tags.length === 0 ? {} : { tags }) }
    for (const score of judged.scores) {
      const metric = score.name
      if (wanted !== undefined && !wanted.has(metric)) continue
      if (score.score === null) skipped.push({ id, metric, reason: score.error ?? 'the evaluator gave no score' })
      else if (target === undefined) skipped.push({ id, metric, reason: NO_TRACE })
      else {
        const event = scoreEvent(score, id, target, metadata, now)
        if (event === undefined) skipped.push({ id, metric, reason: 'its metadata has no form in JSON' })
        else planned.push({ event, id, metric })
      }
    }
  }
  return { planned, skipped }
}

/**
 * Puts together what became of planned scores.
 *
 * @param plan - What was sent.
 * @param refused - What Langfuse refused, by the event's id.
 * @returns The outcome.
 */
export function settleScores(plan: ScorePlan, refused: ReadonlyMap<string, string>): PublishedScores {
  const failed = plan.planned.flatMap(({ event, id, metric }) => {
    const reason = refused.get(event.id)
    return reason === undefined ? [] : [{ id, metric, reason }]
  })
  return { uploaded: plan.planned.length - failed.length, skipped: plan.skipped, failed }
}

const NO_TRACE = 'it belongs to no trace: the item has none, or the task linked none'

function readMetricNames(
  result: PublishableResult,
  given: readonly string[] | undefined,
): ReadonlySet<string> | undefined {
  if (given === undefined) return undefined
  const names = readTagList(given, 'metricNames')
  const there = new Set(result.items.flatMap(({ scores }) => scores.map(({ name }) => name)))
  const missing = names.find((name) => !there.has(name))
  // Of nothing, nothing is missing.
  if (missing === undefined || result.items.length === 0) return new Set(names)
  const found = `there is no metric ${JSON.stringify(missing)}`
  throw invalidOption('metricNames', found, `expected some of ${[...there].join(', ')}`)
}
