import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { temporaryDirectory } from '../test-server.fixture.js'
import { openMemoryStore } from './memory/memory-store.js'
import { openSqliteStore } from './sqlite-store.js'
import type { Store } from './store.js'

/** Every adapter of the store, by the name of what opens it: what all of them pass is a contract, and no description of one. */
export const STORE_ADAPTERS: readonly (readonly [name: string, open: () => Store])[] = [
  ['openSqliteStore()', () => closedAfterTest(openSqliteStore(join(temporaryDirectory(), 'axion.db')))],
  ['openMemoryStore()', () => closedAfterTest(openMemoryStore())],
]

function closedAfterTest(store: Store): Store {
  onTestFinished(() => {
    try {
      store.close()
    } catch {
      // A test closed it already.
    }
  })
  return store
}
