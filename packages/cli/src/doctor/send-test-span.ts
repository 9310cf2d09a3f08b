import process from 'node:process'
import type { TestSpan } from '@axion/register/doctor'
import type { RegisterCopy } from './locate-register.js'
import { runWatched } from './run-watched.js'

/**
 * Lets a program send one span, as an application with this environment does.
 *
 * @param cwd - The application's folder.
 * @param register - What to watch with.
 * @param limit - Gives up.
 * @returns What became of it; `undefined` if the program failed.
 */
export async function sendTestSpan(
  cwd: string,
  register: RegisterCopy,
  limit: AbortSignal,
): Promise<TestSpan | undefined> {
  const text = `const { sendTestSpan } = await import(${JSON.stringify(register.doctorUrl)})
    await sendTestSpan()
    process.exit()`
  const { processes } = await runWatched({
    command: process.execPath,
    args: ['--input-type=module', '--eval', text],
    cwd,
    probeUrl: register.probeUrl,
    isAttached: false,
    // A span that the server does not take is not to wait there for the next program.
    env: { AXION_SPOOL_DIR: undefined },
    limit,
  })
  return processes.flatMap(({ testSpan }) => testSpan ?? [])[0]
}
