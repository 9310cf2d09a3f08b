import type { Score } from '../../model/score.js'
import type { ScoreCondition, TraceFilter } from '../viewer/trace-filter.js'
import { containsText } from './matches-text.js'
import { searchWords } from './search-words.js'
import { storedText } from './stored-copy.js'
import type { TraceSum } from './trace-sum.js'

/**
 * The traces that a filter lets through.
 *
 * @param traces All traces.
 * @param filter The filter.
 * @param scoresOf The scores of a trace.
 * @returns Those that it lets through.
 */
export function filterTraces(
  traces: readonly TraceSum[],
  filter: TraceFilter,
  scoresOf: (traceId: string) => readonly Score[],
): TraceSum[] {
  const { fromMillis, toMillis, level } = filter
  const [names, userIds] = [anyOf(filter.names), anyOf(filter.userIds)]
  const [sessionIds, environments] = [anyOf(filter.sessionIds), anyOf(filter.environments)]
  const tags = filter.tags.map(storedText)
  const hasText = filter.text === undefined ? undefined : textSearch(filter.text)
  return traces.filter(
    (trace) =>
      (fromMillis === undefined || trace.startMillis >= fromMillis) &&
      (toMillis === undefined || trace.startMillis < toMillis) &&
      names(trace.name) &&
      userIds(trace.userId) &&
      sessionIds(trace.sessionId) &&
      environments(trace.root.environment) &&
      tags.every((tag) => trace.tags.includes(tag)) &&
      (level === undefined || trace.errorCount > 0 || (level === 'WARNING' && trace.warningCount > 0)) &&
      filter.scores.every((condition) => scoresOf(trace.traceId).some((score) => isScore(score, condition))) &&
      (hasText === undefined || hasText(trace)),
  )
}

function anyOf(values: readonly string[]): (value: string) => boolean {
  const wanted = new Set(values.map(storedText))
  return (value) => wanted.size === 0 || wanted.has(value)
}

function isScore({ name, value, stringValue, dataType }: Score, condition: ScoreCondition): boolean {
  if (name !== storedText(condition.name)) return false
  const { comparison } = condition
  if (comparison === undefined) return true
  if (typeof comparison.value === 'string') return stringValue === storedText(comparison.value)
  // The number of a text score is 0, and must not pass for one.
  if (dataType !== 'NUMERIC' && dataType !== 'BOOLEAN') return false
  switch (comparison.operator) {
    case '=':
      return value === comparison.value
    case '>=':
      return value >= comparison.value
    case '<=':
      return value <= comparison.value
  }
}

function textSearch(text: string): (trace: TraceSum) => boolean {
  const wanted = storedText(text)
  const hasWords = searchWords(text)
  return ({ traceId, name, observations }) =>
    traceId === wanted ||
    containsText(name, wanted) ||
    (hasWords !== undefined && observations.some(({ input, output }) => hasWords([input, output])))
}
