import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Reads the version of a package.
 *
 * @param folder - The package's folder.
 * @returns Empty if its package.json cannot be read or names none.
 */
export function manifestVersion(folder: string): string {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const isNamed = typeof manifest === 'object' && manifest !== null && 'version' in manifest
    return isNamed && typeof manifest.version === 'string' ? manifest.version : ''
  } catch {
    return ''
  }
}
