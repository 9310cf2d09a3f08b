import type { FetchCriteria } from '../options/fetch-criteria.js'
import type { ResolvedFetch } from '../options/fetch-traces-options.js'
import type { ObservationRow } from '../wire/observation-v2.js'
import { readExportFile } from './read-export-file.js'

/** A trace that is wanted, before it is read. */
export interface SurveyedTrace {
  /** How many rows the files hold of it, repetitions included. */
  readonly rows: number
  /** The id of its newest root that fits. */
  readonly rootId: string
}

/**
 * Looks through the files of an export for the traces that are wanted, so that each can be handed out as soon as it is complete:
 * the spans of one trace may stand in several files, in any order.
 *
 * @param files - The files.
 * @param fetch - What is wanted.
 * @returns The traces by id, newest first.
 * @throws {LoaderError} Whatever reading throws; `aborted` if the signal fires.
 */
export async function surveyExport(
  files: readonly string[],
  fetch: ResolvedFetch,
): Promise<ReadonlyMap<string, SurveyedTrace>> {
  const counts = new Map<string, number>()
  const roots = new Map<string, { readonly id: string; readonly startMillis: number }>()
  const ids = fetch.traceIds === undefined ? undefined : new Set(fetch.traceIds)
  for (const file of files) {
    for await (const row of readExportFile(file)) {
      fetch.signal?.throwIfAborted()
      if (ids !== undefined && !ids.has(row.traceId)) continue
      counts.set(row.traceId, (counts.get(row.traceId) ?? 0) + 1)
      if (!row.isRoot || !fits(row, fetch)) continue
      const startMillis = row.startTime.getTime()
      const known = roots.get(row.traceId)
      if (known === undefined || startMillis > known.startMillis) roots.set(row.traceId, { id: row.id, startMillis })
    }
  }
  const newestFirst = [...roots].sort(([, a], [, b]) => b.startMillis - a.startMillis)
  return new Map(
    newestFirst
      .slice(0, fetch.limit)
      .map(([traceId, { id }]) => [traceId, { rows: counts.get(traceId) ?? 0, rootId: id }]),
  )
}

function fits(row: ObservationRow, { criteria, window }: ResolvedFetch): boolean {
  if (window !== undefined && row.startTime < window.from) return false
  if (window?.to !== undefined && row.startTime >= window.to) return false
  return meets(row, criteria)
}

// As the API does: the root stands for the trace.
function meets(row: ObservationRow, criteria: FetchCriteria): boolean {
  const { name, userId, sessionId, environment, release, version } = criteria
  return (
    (name === undefined || (row.traceName ?? row.name) === name) &&
    (userId === undefined || row.userId === userId) &&
    (sessionId === undefined || row.sessionId === sessionId) &&
    (environment === undefined || row.environment === environment) &&
    (release === undefined || row.release === release) &&
    (version === undefined || row.version === version) &&
    criteria.tags.every((tag) => row.tags.includes(tag)) &&
    criteria.metadata.every(([key, text]) => textOf(row.metadata[key]) === text)
  )
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
