import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DoctorEvent } from './doctor-event.js'

/**
 * Reads what watched processes wrote.
 *
 * @param folder - Where they were told to write.
 * @returns The events of each process, in their order; a process that was killed while it wrote lacks its last one.
 */
export function readEvents(folder: string): DoctorEvent[][] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8').split('\n').flatMap(parse))
}

function parse(line: string): DoctorEvent[] {
  try {
    // Written by this package, in a folder that is nobody else's.
    return [JSON.parse(line) as DoctorEvent]
  } catch {
    return []
  }
}
