import { writeAtomically } from './dataset/files/write-atomically.js'
import type { Trace } from './model/trace.js'
import { TRACE_FILE_FORMAT } from './read-trace-file.js'

/**
 * Writes traces to a file that `readTraceFile` reads, a trace a line. The file appears whole or not at all.
 *
 * @param path - The file; one that exists is replaced.
 * @param traces - The traces.
 * @returns Its absolute path.
 * @throws {LoaderError} `write_failed` if the file system refuses.
 */
export function writeTraceFile(path: string | URL, traces: readonly Trace[]): Promise<string> {
  return writeAtomically(path, encode(traces))
}

function* encode(traces: readonly Trace[]): Generator<string> {
  yield `{"format":${JSON.stringify(TRACE_FILE_FORMAT)},"version":1,"traces":[`
  for (const [index, trace] of traces.entries()) yield `${index === 0 ? '' : ','}\n${JSON.stringify(trace)}`
  yield '\n]}\n'
}
