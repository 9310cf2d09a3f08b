import type { ScoreCondition, ScoreOperator, TraceFilter } from '../store/viewer/trace-filter.js'
import { parseMillis } from './parse-millis.js'

/** A query parameter's values. */
type Params = Readonly<Record<string, readonly string[]>>

/**
 * Reads a filter of traces from the address of a page: `q`, `from`, `to`, `name`, `tag`, `session`, `user`, `env`, `level`, `score`.
 *
 * Addresses are typed and shared by people: what makes no sense is left out and is no error.
 *
 * @param params The query parameters, each with all its values.
 * @returns The filter.
 */
export function parseTraceFilter(params: Params): TraceFilter {
  const values = (name: string): readonly string[] => (params[name] ?? []).filter((value) => value !== '')
  const [text] = values('q')
  const fromMillis = parseMillis(values('from')[0])
  const toMillis = parseMillis(values('to')[0])
  const [level] = values('level')
  return {
    names: values('name'),
    tags: values('tag'),
    sessionIds: values('session'),
    userIds: values('user'),
    environments: values('env'),
    scores: values('score').map(scoreCondition),
    ...(text?.trim() && { text: text.trim() }),
    ...(fromMillis !== undefined && { fromMillis }),
    ...(toMillis !== undefined && { toMillis }),
    ...((level === 'ERROR' || level === 'WARNING') && { level }),
  }
}

/** `name`, `name>=0.5`, `name<=0.5`, `name=1` or `name=word`. */
function scoreCondition(text: string): ScoreCondition {
  const [, name, operator, value] = /^(.+?)(>=|<=|=)(.*)$/s.exec(text) ?? []
  if (name === undefined || operator === undefined || value === undefined) return { name: text }
  const number = value.trim() === '' ? Number.NaN : Number(value)
  if (Number.isFinite(number)) return { name, comparison: { operator: operator as ScoreOperator, value: number } }
  return { name, comparison: { operator: '=', value } }
}
