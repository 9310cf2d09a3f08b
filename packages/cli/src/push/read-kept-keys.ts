import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Connection } from '../options/connection.js'

/**
 * Reads the keys that a dev-server keeps beside its data.
 *
 * @param dataDir - The data directory.
 * @returns The keys; `undefined` if there are none that can be read.
 */
export function readKeptKeys(dataDir: string): Pick<Connection, 'publicKey' | 'secretKey'> | undefined {
  try {
    const { publicKey, secretKey }: { publicKey?: unknown; secretKey?: unknown } = JSON.parse(
      readFileSync(join(dataDir, 'keys.json'), 'utf8'),
    )
    return typeof publicKey === 'string' && typeof secretKey === 'string' ? { publicKey, secretKey } : undefined
  } catch {
    return undefined
  }
}
