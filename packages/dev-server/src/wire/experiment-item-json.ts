import type { Observation } from '../model/observation.js'
import type { Score } from '../model/score.js'
import { isoTime } from './date-time.js'
import type { ExperimentItemFieldGroup } from './experiment-item-request.js'
import { SCORE_GROUPS_OF_EXPERIMENTS } from './experiment-json.js'
import { scoreJson } from './score-json.js'

/**
 * An item of an experiment as `GET /api/public/experiment-items` shows it. Metadata is text here, unlike in the list of observations.
 *
 * @param root The item's root span.
 * @param groups The groups asked for; `core` is always in.
 * @param scores The item's scores, shown when they are asked for.
 * @returns What to serialize.
 */
export function experimentItemJson(
  root: Observation,
  groups: ReadonlySet<ExperimentItemFieldGroup>,
  scores: readonly Score[],
): Record<string, unknown> {
  const { experiment } = root.details
  return {
    id: root.id,
    traceId: root.traceId,
    startTime: isoTime(root.startTimeMillis),
    endTime: isoTime(root.endTimeMillis),
    level: root.level,
    environment: root.environment,
    experimentId: experiment.id,
    experimentName: experiment.name,
    experimentItemId: experiment.itemId ?? '',
    ...(groups.has('dataset') && {
      experimentDatasetId: experiment.datasetId || null,
      experimentItemVersion: maybeTime(experiment.itemVersionMillis),
    }),
    ...(groups.has('io') && {
      input: root.input,
      output: root.output,
      expectedOutput: experiment.expectedOutput ?? '',
    }),
    ...(groups.has('metadata') && { metadata: root.metadata }),
    ...(groups.has('itemMetadata') && { experimentItemMetadata: experiment.itemMetadata ?? {} }),
    ...(groups.has('experimentMetadata') && {
      experimentMetadata: experiment.metadata ?? {},
      experimentDescription: experiment.description ?? '',
    }),
    ...(groups.has('scores') && { scores: scores.map((score) => scoreJson(score, SCORE_GROUPS_OF_EXPERIMENTS)) }),
  }
}

function maybeTime(millis: number | null | undefined): string | null {
  return millis === null || millis === undefined ? null : isoTime(millis)
}
