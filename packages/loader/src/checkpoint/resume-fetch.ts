import { createHash } from 'node:crypto'
import { LoaderError } from '../loader-error.js'
import { loadTrace } from '../model/load-trace.js'
import type { Trace } from '../model/trace.js'
import type { ResolvedFetch } from '../options/fetch-traces-options.js'
import { CHECKPOINT_FORMAT, type CheckpointFile, openCheckpoint } from './checkpoint-file.js'

/** Whether a checkpoint keeps the traces themselves, only which ones were handed out, or how far a file with them was written. */
export type CheckpointKind = 'traces' | 'ids' | `file ${string}`

/** A fetch that goes on where a former run of it was. */
export interface ResumedFetch {
  /** What was asked for, its window fixed at the first run. */
  readonly fetch: ResolvedFetch
  /** Traces that former runs have kept. */
  readonly kept: readonly Trace[]
  /** The ids of all traces that former runs have done. */
  readonly done: ReadonlySet<string>
  readonly file: CheckpointFile
}

/**
 * Opens the checkpoint of a fetch.
 *
 * @param path - The file.
 * @param fetch - What was asked for now.
 * @param kind - What to keep.
 * @param project - Whose traces: server and key.
 * @param nowMillis - The present, in milliseconds since the epoch.
 * @returns What is left to do. A window counted from now keeps the now of the first run, and ends with it: else traces that arrive
 * meanwhile would push others beyond the limit.
 * @throws {LoaderError} `invalid_options` if the file belongs to another fetch; whatever opening it throws.
 */
export async function resumeFetch(
  path: string,
  fetch: ResolvedFetch,
  kind: CheckpointKind,
  project: string,
  nowMillis: number,
): Promise<ResumedFetch> {
  const { window } = fetch
  const file = await openCheckpoint(path, {
    ...{ format: CHECKPOINT_FORMAT, version: 1, kind, fetch: fingerprint(fetch, project) },
    ...(window === undefined ? {} : { from: window.from, to: window.to ?? new Date(nowMillis) }),
  })
  try {
    // Through JSON, so that the first run and the next see the same.
    const head: Record<string, unknown> = JSON.parse(JSON.stringify(file.head))
    if (head.version !== 1 || head.kind !== kind || head.fetch !== fingerprint(fetch, project)) {
      const message = `Invalid option checkpoint: ${path} belongs to another fetch: use another path, or remove the file to begin anew`
      throw new LoaderError('invalid_options', message, { path: 'checkpoint' })
    }
    const kept = file.entries.flatMap((entry) => (entry.trace === undefined ? [] : [loadTrace(entry.trace, path)]))
    const done = file.entries.flatMap((entry) => [entry.done].flat()).filter((id) => typeof id === 'string')
    const fixed = window && { from: new Date(String(head.from)), to: new Date(String(head.to)) }
    return { fetch: { ...fetch, window: fixed }, kept, done: new Set([...done, ...kept.map(({ id }) => id)]), file }
  } catch (error) {
    file.close()
    throw error
  }
}

// A window that was given by instants is part of what was asked for; one that is counted from now is so by its length.
function fingerprint(fetch: ResolvedFetch, project: string): string {
  const { criteria, traceIds, limit, full, scores, windowKey } = fetch
  const asked = { criteria, traceIds, limit: String(limit), full, scores, windowKey, project }
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex').slice(0, 32)
}
