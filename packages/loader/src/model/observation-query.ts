import type { Observation, ObservationType } from './observation.js'

/** What to look for in a trace; everything given must hold. */
export interface ObservationQuery {
  /** The exact name, or a pattern for it. */
  name?: string | RegExp
  /** The type, in any case. */
  type?: ObservationType
}

/**
 * Tells whether an observation is one that was looked for.
 *
 * @param observation - The observation.
 * @param query - What was looked for.
 * @returns Whether it fits.
 */
export function matches(observation: Observation, query: ObservationQuery): boolean {
  if (query.type !== undefined && observation.type.toUpperCase() !== query.type.toUpperCase()) return false
  if (query.name === undefined) return true
  // `search` starts at the beginning even for a pattern with the g or y flag, whose `test` remembers where it was.
  return typeof query.name === 'string' ? observation.name === query.name : observation.name.search(query.name) >= 0
}
