import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** What a package says of itself; empty where it says nothing. */
export interface Manifest {
  readonly name: string
  readonly version: string
}

/**
 * Reads the package.json of a package. Never throws.
 *
 * @param root - The package's folder, as a path or a `file:` URL.
 */
export function readManifest(root: string): Manifest {
  try {
    const folder = root.startsWith('file:') ? fileURLToPath(root) : root
    const manifest: unknown = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
    const { name, version } = (manifest ?? {}) as { name?: unknown; version?: unknown }
    return { name: typeof name === 'string' ? name : '', version: typeof version === 'string' ? version : '' }
  } catch {
    return { name: '', version: '' }
  }
}
