import type { Score } from '../../model/score.js'
import type { TraceRow } from '../viewer/trace-row.js'
import { shownScores } from './shown-scores.js'
import { textStart } from './text-start.js'
import type { TraceSum } from './trace-sum.js'

/** Characters of a payload in the list: a column shows less than one line. */
const PAYLOAD_START_LENGTH = 300

/** Scores beside a trace. */
const MAX_ROW_SCORES = 4

/**
 * A trace as it stands in the list.
 *
 * @param trace The trace.
 * @param scores Its scores and those of its observations.
 * @returns The row.
 */
export function toTraceRow(trace: TraceSum, scores: readonly Score[]): TraceRow {
  const { traceId, name, root, startMillis, endMillis, userId, sessionId, tags } = trace
  const { errorCount, warningCount, totalTokens, totalCost } = trace
  return {
    ...{ traceId, name, type: root.type, startMillis, durationMillis: endMillis - startMillis },
    ...{ observationCount: trace.observations.length, errorCount, warningCount, totalTokens, totalCost },
    ...{ userId, sessionId, environment: root.environment, tags },
    inputStart: textStart(root.input, PAYLOAD_START_LENGTH),
    outputStart: textStart(root.output, PAYLOAD_START_LENGTH),
    scores: shownScores(scores, MAX_ROW_SCORES),
  }
}
