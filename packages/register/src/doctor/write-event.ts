import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { threadId } from 'node:worker_threads'
import { doctorFolderFromEnvironment } from '../options/doctor-folder-from-environment.js'
import type { DoctorEvent } from './doctor-event.js'

/**
 * Writes an event where `axion doctor` looks for it. Never throws: the process is somebody's program.
 *
 * @param event - What happened.
 */
export function writeEvent(event: DoctorEvent): void {
  const folder = doctorFolderFromEnvironment()
  if (folder === undefined) return
  try {
    // At once, because the next moment may be the last one.
    appendFileSync(join(folder, `${process.pid}-${threadId}.jsonl`), `${JSON.stringify(event)}\n`)
  } catch {
    // The folder is gone when a child outlives the command.
  }
}
