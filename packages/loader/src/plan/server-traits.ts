import { MAX_OBSERVATIONS_PER_PAGE } from '../rest/endpoints.js'
import { createPageSize, type PageSize } from '../rest/page-size.js'

/** What was learnt about a server. */
export interface ServerTraits {
  /** Which read API it has: that of Langfuse 4 (`v2/observations`), or the one before (`traces`). */
  api: 'unknown' | 'observations' | 'traces'
  /**
   * Whether `traceId` can be filtered by a list of ids. Langfuse 4.16 takes one, although it documents `traceId` as plain text;
   * a server that does not, or for which they are too heavy, is asked trace by trace.
   */
  traceIdLists: 'unknown' | 'yes' | 'no'
  /** Whether its list of traces knows `filter`; early versions of Langfuse 3 ignore it without a word. */
  traceFilters: 'unknown' | 'yes' | 'no'
  /** How many whole observations it can bear to give at once. */
  readonly pageSize: PageSize
}

/** @returns Traits of a server nothing is known about. */
export function unknownServer(): ServerTraits {
  return {
    api: 'unknown',
    traceIdLists: 'unknown',
    traceFilters: 'unknown',
    pageSize: createPageSize(MAX_OBSERVATIONS_PER_PAGE),
  }
}

/**
 * Finds what all loaders of the process have learnt about a server.
 *
 * @param baseUrl - The server.
 * @returns Its traits, to be read and written.
 */
export function sharedServerTraits(baseUrl: string): ServerTraits {
  // The slot is ours by its name; TypeScript cannot know globals that are made at run time.
  const globals = globalThis as { [SLOT]?: Map<string, ServerTraits> }
  globals[SLOT] ??= new Map()
  const known = globals[SLOT].get(baseUrl) ?? unknownServer()
  globals[SLOT].set(baseUrl, known)
  return known
}

// Process-wide, so that a loader made for each call does not find out again what another one knows.
const SLOT = Symbol.for('axion.loader.server-traits')
