import { join } from 'node:path'
import { type ApiKeys, loadApiKeys, temporaryApiKeys } from './options/api-keys.js'
import { prepareDataDir } from './options/data-dir.js'
import type { ResolvedDevServerOptions } from './options/dev-server-options.js'
import { openMemoryStore } from './store/memory/memory-store.js'
import { openSqliteStore } from './store/sqlite-store.js'
import type { Store } from './store/store.js'

/** What a server keeps. */
export interface Storage {
  /** Its data, which whoever opened the storage closes. */
  readonly store: Store
  readonly keys: ApiKeys
}

/**
 * Opens the data and the keys of a server: in its data directory, or in memory.
 *
 * @param options Where they are, and which keys the caller chose.
 * @returns The open store, and the keys.
 * @throws {DevServerError} If the data directory cannot be used; nothing is left open.
 */
export function openStorage(options: Pick<ResolvedDevServerOptions, 'dataDir' | 'publicKey' | 'secretKey'>): Storage {
  const { dataDir } = options
  if (dataDir === undefined) return { store: openMemoryStore(), keys: temporaryApiKeys(options) }
  prepareDataDir(dataDir)
  // The lock on the store comes before the keys: two first starts at once must not both write some.
  const store = openSqliteStore(join(dataDir, 'axion.db'))
  try {
    return { store, keys: loadApiKeys(dataDir, options) }
  } catch (error) {
    store.close()
    throw error
  }
}
