import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DoctorEvent } from './doctor-event.js'
import { toWatchedProcess, type WatchedProcess } from './watched-process.js'

/**
 * Reads what processes wrote that ran under the probe.
 *
 * @param folder - Where they were told to write.
 * @returns Processes and worker threads, in no particular order.
 */
export function readProcesses(folder: string): WatchedProcess[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => {
      const lines = readFileSync(join(folder, name), 'utf8').split('\n')
      return toWatchedProcess(lines.flatMap(parse)) ?? []
    })
}

function parse(line: string): DoctorEvent[] {
  try {
    // Written by this package, in a folder that is nobody else's.
    return [JSON.parse(line) as DoctorEvent]
  } catch {
    // The last line of a process that was killed while it wrote.
    return []
  }
}
