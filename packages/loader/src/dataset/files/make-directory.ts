import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Makes a directory and those above it that are missing.
 *
 * Step by step, because Node's `mkdir({ recursive: true })` never comes back where the file system answers ENOENT below a
 * directory that exists, as `/proc` does.
 *
 * @param path - The directory, absolutely.
 * @throws {Error} Node's own error if the file system refuses.
 */
export async function makeDirectory(path: string): Promise<void> {
  if (await exists(path)) return
  const above = dirname(path)
  // A root is its own parent; that it is missing (a drive that is not mounted) is for `mkdir` to say.
  if (above !== path) await makeDirectory(above)
  try {
    await mkdir(path)
  } catch (error) {
    // Someone else was faster.
    if (codeOf(error) !== 'EEXIST') throw error
  }
}

// Whether it is a directory does not matter here: of a file in its place, whoever writes below it will hear.
async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false
    throw error
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
