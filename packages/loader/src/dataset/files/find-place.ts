import type { Stats } from 'node:fs'
import { readlink, realpath, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/** Where something written to a path ends up. */
export type Place =
  /** A regular file, or nothing yet. */
  | { readonly kind: 'file'; readonly path: string; readonly former: Stats | undefined }
  /** A pipe, a device, a terminal: a thing with a name, which must not be replaced by a file. */
  | { readonly kind: 'stream'; readonly path: string }

/**
 * Follows symbolic links to what a path stands for. Links of Linux to an open file (`/dev/stdout`) are resolved by the system itself:
 * their text names no path.
 *
 * @param path - The path, absolutely.
 * @returns The place, where a link to nothing leads to the name it holds.
 * @throws {Error} Node's own error if the file system refuses to tell.
 */
export async function findPlace(path: string): Promise<Place> {
  const found = await statOrNothing(path)
  if (found?.isFile() === true) return { kind: 'file', path: await realpath(path), former: found }
  if (found !== undefined) return { kind: 'stream', path }
  const link = await readlink(path).catch(() => undefined)
  if (link === undefined) return { kind: 'file', path, former: undefined }
  // Relative to where the link itself is, which is elsewhere if its directory is a link too. Links in a circle never come this
  // far: `stat` refuses them.
  return findPlace(resolve(await realpath(dirname(path)), link))
}

async function statOrNothing(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
