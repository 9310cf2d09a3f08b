import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/**
 * A new folder that is empty, below the system's temporary one.
 *
 * @returns Its path. Inside a test it is removed when the test is done; elsewhere it is left to the system.
 */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'axion-'))
  try {
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
  } catch {
    // In a hook there is no test to wait for.
  }
  return folder
}
