import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Burst, BurstResult } from './burst-program.js'
import { startSinkProcess } from './sink-process.js'

const run = promisify(execFile)
const PROGRAM = fileURLToPath(new URL('./burst-program.js', import.meta.url))

/** A burst and what arrived of it. */
export interface Arrival extends BurstResult {
  readonly arrived: number
}

/**
 * Makes a burst in a process of its own, against a server in another.
 *
 * @param burst - What to make.
 * @param environment - Variables for it.
 */
export async function runBurst(
  burst: Omit<Burst, 'url'>,
  environment: Readonly<Record<string, string>> = {},
): Promise<Arrival> {
  const sink = await startSinkProcess()
  const { stdout } = await run(process.execPath, [PROGRAM, JSON.stringify({ ...burst, url: sink.url })], {
    env: { ...process.env, AXION_LOG_LEVEL: 'none', ...environment },
  })
  // The program's only line.
  const result = JSON.parse(stdout) as BurstResult
  return { ...result, arrived: await sink.close() }
}
