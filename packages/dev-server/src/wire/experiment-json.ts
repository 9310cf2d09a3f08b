import type { ExperimentSummary } from '../model/experiment-summary.js'
import type { Score } from '../model/score.js'
import { isoTime } from './date-time.js'
import type { ExperimentFieldGroup } from './experiment-request.js'
import { scoreJson } from './score-json.js'

/** The groups of fields that scores have beside experiments and their items. */
export const SCORE_GROUPS_OF_EXPERIMENTS: ReadonlySet<'core' | 'subject'> = new Set(['core', 'subject'])

/**
 * An experiment as `GET /api/public/experiments` shows it.
 *
 * @param experiment The experiment.
 * @param groups The groups asked for; `core` is always in.
 * @param scores Its scores, shown when they are asked for.
 * @returns What to serialize.
 */
export function experimentJson(
  experiment: ExperimentSummary,
  groups: ReadonlySet<ExperimentFieldGroup>,
  scores: readonly Score[],
): Record<string, unknown> {
  return {
    id: experiment.id,
    name: experiment.name,
    description: experiment.description,
    startTime: isoTime(experiment.startTimeMillis),
    endTime: isoTime(experiment.endTimeMillis),
    itemCount: experiment.itemCount,
    datasetId: experiment.datasetId || null,
    ...(groups.has('metadata') && { metadata: experiment.metadata }),
    ...(groups.has('scores') && { scores: scores.map((score) => scoreJson(score, SCORE_GROUPS_OF_EXPERIMENTS)) }),
  }
}
