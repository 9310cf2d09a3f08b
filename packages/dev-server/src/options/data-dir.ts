import { accessSync, constants, mkdirSync, statSync } from 'node:fs'
import { DevServerError } from '../dev-server-error.js'

/**
 * Makes sure the data directory is there and can be used.
 *
 * A directory made here is for its owner alone (0700): it holds prompts, answers and keys. One that exists keeps its
 * mode, because it belongs to whoever made it.
 *
 * @param dataDir The absolute path.
 * @throws {DevServerError} `data_dir_unusable` if it cannot be made, is no directory, or cannot be read and written.
 */
export function prepareDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    if (!statSync(dataDir).isDirectory()) throw new Error('it is not a directory')
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : String(cause)
    throw new DevServerError(
      'data_dir_unusable',
      `Cannot use the data directory ${dataDir}: ${found}: choose a directory this user can write to`,
      { path: dataDir, cause },
    )
  }
}
