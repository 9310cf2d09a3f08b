import type { Score } from '../../model/score.js'
import type { SessionPosition, SessionQuery, SessionRow } from '../viewer/session-row.js'
import { maxOf, minOf } from './extremes.js'
import { groupBy } from './group-by.js'
import { containsText } from './matches-text.js'
import { firstOf, followingOf } from './page-of.js'
import { ascending, descending } from './row-order.js'
import { shownScores } from './shown-scores.js'
import { storedText } from './stored-copy.js'
import { textStart } from './text-start.js'
import type { TraceSum } from './trace-sum.js'

/** Characters of the first input: a column shows less than one line. */
const INPUT_START_LENGTH = 300

/** Scores beside a session. */
const MAX_ROW_SCORES = 4

/** Users named beside a session. */
const MAX_ROW_USERS = 5

/**
 * Reads a page of the list of sessions, the one with the newest trace first.
 *
 * @param traces All traces.
 * @param query Which page. A session is listed by those of its traces that fit, and adds up all.
 * @param scoresOf The scores of a session.
 * @returns At most `query.limit` sessions.
 */
export function findMemorySessions(
  traces: readonly TraceSum[],
  query: SessionQuery,
  scoresOf: (sessionId: string) => readonly Score[],
): SessionRow[] {
  const { fromMillis, toMillis, text, after, limit } = query
  const sessionId = query.sessionId === undefined ? undefined : storedText(query.sessionId)
  const wanted = text === undefined ? undefined : storedText(text)
  const fits = (trace: TraceSum): boolean =>
    (fromMillis === undefined || trace.startMillis >= fromMillis) &&
    (toMillis === undefined || trace.startMillis < toMillis) &&
    (wanted === undefined || containsText(trace.sessionId, wanted) || containsText(trace.userId, wanted))
  const inSessions = traces.filter((trace) => trace.sessionId !== '')
  const sessions = [...groupBy(inSessions, (trace) => trace.sessionId)].flatMap(([id, all]) => {
    const fitting = sessionId === undefined || sessionId === id ? all.filter(fits) : []
    if (fitting.length === 0) return []
    return [{ sessionId: id, all, newestMillis: maxOf(fitting.map(({ startMillis }) => startMillis)) }]
  })
  const page = firstOf(followingOf(sessions.sort(NEWEST_SESSIONS), NEWEST_SESSIONS, after), limit)
  return page.map(({ sessionId: id, all, newestMillis }) => ({
    ...{ sessionId: id, newestMillis },
    ...sumsOf(all),
    scores: shownScores(scoresOf(id), MAX_ROW_SCORES),
  }))
}

const NEWEST_SESSIONS = descending<SessionPosition>(
  ({ newestMillis }) => newestMillis,
  ({ sessionId }) => sessionId,
)

function sumsOf(traces: readonly TraceSum[]): Omit<SessionRow, 'sessionId' | 'newestMillis' | 'scores'> {
  const oldestFirst = traces.toSorted(OLDEST_TRACES)
  const [first] = oldestFirst
  const userIds = new Set(oldestFirst.map(({ userId }) => userId).filter((userId) => userId !== ''))
  return {
    startMillis: minOf(traces.map(({ startMillis }) => startMillis)),
    endMillis: maxOf(traces.map(({ endMillis }) => endMillis)),
    traceCount: traces.length,
    errorCount: traces.filter(({ errorCount }) => errorCount > 0).length,
    totalTokens: traces.reduce((sum, { totalTokens }) => sum + totalTokens, 0),
    totalCost: traces.reduce((sum, { totalCost }) => sum + totalCost, 0),
    userIds: [...userIds].slice(0, MAX_ROW_USERS),
    inputStart: textStart(first?.root.input ?? '', INPUT_START_LENGTH),
  }
}

const OLDEST_TRACES = ascending<TraceSum>(
  ({ startMillis }) => startMillis,
  ({ traceId }) => traceId,
)
