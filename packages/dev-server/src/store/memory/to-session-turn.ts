import type { Score } from '../../model/score.js'
import type { SessionTurn } from '../viewer/session-row.js'
import { shownScores } from './shown-scores.js'
import { textStart } from './text-start.js'
import type { TraceSum } from './trace-sum.js'

/** Characters of a payload in a conversation. A request that repeats the history is longer than what is new in it, so this is much. */
const MAX_PAYLOAD_LENGTH = 200_000

/** Scores beside a turn. */
const MAX_TURN_SCORES = 6

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
    input: textStart(root.input, MAX_PAYLOAD_LENGTH),
    output: textStart(root.output, MAX_PAYLOAD_LENGTH),
    scores: shownScores(scores, MAX_TURN_SCORES),
  }
}
