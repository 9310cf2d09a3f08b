import type { FetchCriteria } from '../options/fetch-criteria.js'
import type { TimeWindow } from '../options/time-window.js'
import type { LegacyTrace } from '../wire/legacy-trace.js'
import { isRecord } from '../wire/read-field.js'

/**
 * Says criteria as parameters of `GET /api/public/traces`, as far as all versions of Langfuse 3 know them.
 *
 * @param criteria - What was asked for.
 * @returns The parameters.
 */
export function criteriaParameters(criteria: FetchCriteria): readonly (readonly [string, string])[] {
  const names = ['name', 'userId', 'sessionId', 'environment', 'release', 'version'] as const
  const texts = names.flatMap((name) => {
    const value = criteria[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return [...texts, ...criteria.tags.map((tag) => ['tags', tag] as const)]
}

/**
 * Tells whether a trace is one that was asked for. The server was asked the same; this holds even where it does not know a parameter.
 *
 * @param trace - The trace, with its metadata if there are criteria on it.
 * @param criteria - What was asked for, but for Langfuse's own conditions, which only the server can answer.
 * @param window - When it should have begun.
 * @returns Whether it fits.
 */
export function meetsCriteria(trace: LegacyTrace, criteria: FetchCriteria, window: TimeWindow | undefined): boolean {
  const { name, userId, sessionId, environment, release, version } = criteria
  if (name !== undefined && trace.name !== name) return false
  if (userId !== undefined && trace.userId !== userId) return false
  if (sessionId !== undefined && trace.sessionId !== sessionId) return false
  if (environment !== undefined && trace.environment !== environment) return false
  if (release !== undefined && trace.release !== release) return false
  if (version !== undefined && trace.version !== version) return false
  if (!criteria.tags.every((tag) => trace.tags.includes(tag))) return false
  if (window !== undefined && trace.timestamp < window.from) return false
  if (window?.to !== undefined && trace.timestamp >= window.to) return false
  return criteria.metadata.every(([key, text]) => textAt(trace.metadata, key) === text)
}

// A dotted key may be one key, or name a path through nested objects: version 3 keeps metadata as it was sent.
function textAt(metadata: unknown, key: string): string | undefined {
  if (!isRecord(metadata)) return undefined
  if (Object.hasOwn(metadata, key)) {
    const value = metadata[key]
    return typeof value === 'string' ? value : JSON.stringify(value)
  }
  for (let dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1)) {
    const head = key.slice(0, dot)
    const text = Object.hasOwn(metadata, head) ? textAt(metadata[head], key.slice(dot + 1)) : undefined
    if (text !== undefined) return text
  }
  return undefined
}
