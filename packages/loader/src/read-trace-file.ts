import { readFile } from 'node:fs/promises'
import { LoaderError } from './loader-error.js'
import { loadTrace } from './model/load-trace.js'
import type { Trace } from './model/trace.js'
import { readPath } from './options/read-path.js'
import { isRecord } from './wire/read-field.js'

/** What stands before the traces of a file, so that another file is not taken for one. */
export const TRACE_FILE_FORMAT = 'axion-traces'

/**
 * Reads a file that `TraceCollection.saveJson` has written.
 *
 * @param path - The file.
 * @returns The traces, in the order in which they were saved.
 * @throws {LoaderError} `invalid_options` if the path is none; `read_failed`, or `invalid_file` naming what is wrong in it.
 */
export async function readTraceFile(path: string | URL): Promise<readonly Trace[]> {
  const text = await readFile(readPath(path, 'path'), 'utf8').catch((cause: unknown) => {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason'
    throw new LoaderError('read_failed', `Cannot read traces: ${String(path)}: ${reason}`, {
      path: String(path),
      cause,
    })
  })
  const file = parse(text)
  if (!isRecord(file) || file.format !== TRACE_FILE_FORMAT || !Array.isArray(file.traces)) {
    throw invalidFile(path, 'it was not written by saveJson, or not to its end')
  }
  if (file.version !== 1)
    throw invalidFile(path, `its version is ${String(file.version)}, this package knows version 1`)
  return file.traces.map((trace: unknown, index) => {
    try {
      return loadTrace(trace, `traces[${index}]`)
    } catch (cause) {
      if (!(cause instanceof LoaderError)) throw cause
      throw invalidFile(path, cause.message.replace('Cannot read the answer: ', ''), cause)
    }
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function invalidFile(path: string | URL, found: string, cause?: unknown): LoaderError {
  return new LoaderError('invalid_file', `Cannot read traces: ${String(path)}: ${found}`, { path: String(path), cause })
}
