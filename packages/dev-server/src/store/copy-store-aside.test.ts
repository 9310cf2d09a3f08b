import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { copyStoreAside } from './copy-store-aside.js'
import { openSqliteStore } from './sqlite-store.js'
import { observation } from './stored-rows.fixture.js'

describe('copyStoreAside()', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'axion-aside-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('copyStoreAside() copies for the owner alone, and removes the copy', () => {
    const store = openSqliteStore(join(folder, 'axion.db'))
    store.putObservations([observation({ traceId: 'a' })])
    const copy = copyStoreAside(folder)
    store.close()
    expect(statSync(copy.dataDir).mode & 0o077).toBe(0)
    const copied = openSqliteStore(join(copy.dataDir, 'axion.db'))
    expect(copied.findTrace('a')).toBeDefined()
    copied.close()
    copy.remove()
    expect(existsSync(copy.dataDir)).toBe(false)
  })

  it('copyStoreAside() removes what killed processes left, and nothing of those that live', () => {
    openSqliteStore(join(folder, 'axion.db')).close()
    const { pid } = spawnSync(process.execPath, ['-e', ''])
    const left = join(tmpdir(), `axion-copy-${pid}-test`)
    mkdirSync(left)
    const first = copyStoreAside(folder)
    expect(existsSync(left)).toBe(false)
    const second = copyStoreAside(folder)
    expect(existsSync(first.dataDir)).toBe(true)
    first.remove()
    second.remove()
  })
})
