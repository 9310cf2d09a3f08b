import type { Score } from '../../model/score.js'
import type { SessionTurn } from '../viewer/session-row.js'
import type { TraceRow } from '../viewer/trace-row.js'
import { shownScores } from './shown-scores.js'
import { textStart } from './text-start.js'
import type { TraceSum } from './trace-sum.js'

/** Characters of a payload in the list: a column shows less than one line. */
const PAYLOAD_START_LENGTH = 300

/** Characters of a payload in a conversation, where what is new in a request stands at its end. */
const TURN_PAYLOAD_LENGTH = 200_000

/** Scores beside a trace in the list, and in a conversation. */
const [MAX_ROW_SCORES, MAX_TURN_SCORES] = [4, 6]

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

/**
 * A trace as a turn of a conversation.
 *
 * @param trace The trace.
 * @param scores Its scores and those of its observations.
 * @returns The turn.
 */
export function toSessionTurn(trace: TraceSum, scores: readonly Score[]): SessionTurn {
  const { traceId, name, root, startMillis, endMillis, errorCount, totalTokens, totalCost, userId } = trace
  return {
    ...{ traceId, name, startMillis, durationMillis: endMillis - startMillis, errorCount },
    statusMessage: root.details.statusMessage,
    ...{ totalTokens, totalCost, userId },
    input: textStart(root.input, TURN_PAYLOAD_LENGTH),
    output: textStart(root.output, TURN_PAYLOAD_LENGTH),
    scores: shownScores(scores, MAX_TURN_SCORES),
  }
}
