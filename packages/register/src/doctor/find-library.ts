import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { manifestVersion } from './manifest-version.js'

/** A library that is installed. */
export interface InstalledLibrary {
  /** Its folder, symbolic links resolved. */
  readonly folder: string
  /** Empty if its package.json says none. */
  readonly version: string
}

/**
 * Finds a package as Node does: in the `node_modules` of a folder, else of those around it. By looking at folders, because what a package
 * exports may hide its package.json.
 *
 * @param library - The npm package.
 * @param from - An absolute path.
 */
export function findLibrary(library: string, from: string): InstalledLibrary | undefined {
  const folder = join(from, 'node_modules', library)
  if (existsSync(join(folder, 'package.json')))
    return { folder: realpathSync(folder), version: manifestVersion(folder) }
  const parent = dirname(from)
  return parent === from ? undefined : findLibrary(library, parent)
}
