import { encodeJson } from '../dataset/encode-json.js'
import { type WrittenFile, writeAtomically } from '../dataset/files/write-atomically.js'
import type { Trace } from '../model/trace.js'
import type { TraceExport } from '../options/resolve-trace-export.js'
import type { ResumedFetch } from './resume-fetch.js'
import { resumeFile } from './resume-file.js'

/**
 * Writes traces to a file of JSON Lines, in bounded memory. The file appears whole or not at all.
 *
 * @param file - Where, and what of each trace.
 * @param traces - The traces.
 * @returns Where it is and how many lines it holds.
 * @throws {LoaderError} `write_failed` if the file system refuses; whatever `traces` and `transform` throw.
 */
export async function writeTraceLines(file: TraceExport, traces: AsyncIterable<Trace>): Promise<WrittenFile> {
  let items = 0
  async function* lines(): AsyncGenerator<string> {
    for await (const trace of traces) {
      const line = await lineOf(trace, file)
      if (line !== '') items += 1
      yield line
    }
  }
  return { path: await writeAtomically(file.to, lines()), items }
}

/**
 * Like {@link writeTraceLines}, but goes on where a former run was killed: the checkpoint says up to where the unfinished file holds which
 * traces, and what stands behind that is cut off. So each trace is in the file once, wherever the kill came.
 *
 * @param file - Where, and what of each trace.
 * @param open - Opens the checkpoint.
 * @param read - Reads what is left.
 * @returns Where it is and how many lines it holds.
 * @throws {LoaderError} What {@link writeTraceLines} throws; `invalid_file` if the unfinished file was changed. The checkpoint then stays.
 */
export async function resumeTraceLines(
  file: TraceExport,
  open: () => Promise<ResumedFetch>,
  read: (resumed: ResumedFetch) => AsyncGenerator<Trace>,
): Promise<WrittenFile> {
  const resumed = await open()
  let isComplete = false
  try {
    const growing = await resumeFile(file.to, resumed.file)
    try {
      if (!growing.isWhole) {
        for await (const trace of read(resumed)) await growing.add(trace.id, await lineOf(trace, file))
      }
    } catch (error) {
      // What is there is not read again.
      await growing.close().catch(() => {})
      throw error
    }
    await growing.finish()
    isComplete = true
    return { path: file.to, items: growing.lines() }
  } finally {
    if (isComplete) resumed.file.remove()
    else resumed.file.close()
  }
}

async function lineOf(trace: Trace, { transform }: TraceExport): Promise<string> {
  const value = transform === undefined ? trace : await transform(trace)
  return value === undefined || value === null ? '' : `${encodeJson(value, `trace ${trace.id}`)}\n`
}
