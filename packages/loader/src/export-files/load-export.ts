import { LoaderError } from '../loader-error.js'
import { Trace } from '../model/trace.js'
import type { ResolvedFetch } from '../options/fetch-traces-options.js'
import type { ObservationRow } from '../wire/observation-v2.js'
import { findExportFiles } from './find-export-files.js'
import { readExportFile } from './read-export-file.js'
import { surveyExport } from './survey-export.js'

/**
 * Reads traces out of a copy of the files that Langfuse's blob storage integration writes. The files are gone through twice: once for
 * which traces are wanted and how many rows each has, once for the rows; memory holds the traces that are not complete yet.
 *
 * @param directory - The folder of the files.
 * @param fetch - What is wanted.
 * @yields The traces as they become complete: latest files first.
 * @throws {LoaderError} `read_failed` or `invalid_file` naming file, row and field; `aborted` if the signal fires.
 */
export async function* loadExport(directory: string, fetch: ResolvedFetch): AsyncGenerator<Trace> {
  try {
    const files = await findExportFiles(directory)
    const wanted = await surveyExport(files, fetch)
    const pending = new Map<string, [ObservationRow, ...ObservationRow[]]>()
    let left = wanted.size
    for (const file of files) {
      if (left === 0) return
      for await (const row of readExportFile(file)) {
        fetch.signal?.throwIfAborted()
        const survey = wanted.get(row.traceId)
        if (survey === undefined) continue
        const rows = pending.get(row.traceId)
        if (rows === undefined) pending.set(row.traceId, [row])
        else rows.push(row)
        const own = rows ?? [row]
        if (own.length < survey.rows) continue
        pending.delete(row.traceId)
        left -= 1
        yield makeTrace(own, survey.rootId, fetch.full)
      }
    }
  } catch (cause) {
    if (!fetch.signal?.aborted || cause instanceof LoaderError) throw cause
    throw new LoaderError('aborted', "Cannot read export: the caller's signal was aborted", { cause })
  }
}

function makeTrace(rows: readonly ObservationRow[], rootId: string, full: boolean): Trace {
  const kept = full ? rows : rows.filter(({ id }) => id === rootId)
  const [first, ...rest] = kept
  // The survey saw the root in the same files.
  if (first === undefined) throw new LoaderError('invalid_file', 'Cannot read export: its files changed meanwhile')
  return new Trace([first, ...rest], { origin: 'export', summary: !full })
}
