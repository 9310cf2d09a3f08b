import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DevServerError } from '../dev-server-error.js'
import { copyStore } from './copy-store.js'
import { openSqliteStore } from './sqlite-store.js'
import { observation } from './stored-rows.fixture.js'

/** Writes without end, as the store does, but begins its log anew much more often, and says what was written. */
const WRITER = `
  const Database = require(process.argv[1])
  const db = new Database(process.argv[2])
  db.pragma('locking_mode = EXCLUSIVE')
  db.pragma('journal_mode = WAL')
  db.pragma('wal_autocheckpoint = 400')
  db.exec('CREATE TABLE t (n INTEGER PRIMARY KEY, filler TEXT); CREATE INDEX i ON t (filler)')
  const insert = db.prepare('INSERT INTO t VALUES (?, ?)')
  let n = 0
  const write = () => {
    for (let i = 0; i < 20; i++) insert.run([++n, String(n * 7919 % 1000).repeat(300)])
    process.send(n, () => setImmediate(write))
  }
  write()
`

describe('copyStore()', () => {
  let folder: string
  let writer: ChildProcess | undefined

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'axion-copy-'))
  })
  afterEach(async () => {
    if (writer !== undefined) {
      const gone = new Promise((resolve) => writer?.once('exit', resolve))
      writer.kill('SIGKILL')
      await gone
      writer = undefined
    }
    rmSync(folder, { recursive: true, force: true })
  })

  it('copyStore() copies a store that is open, so that it opens with everything in it', () => {
    const from = join(folder, 'from')
    const into = join(folder, 'into')
    for (const directory of [from, into]) mkdirSync(directory)
    const store = openSqliteStore(join(from, 'axion.db'))
    store.putObservations([observation({ id: 'a' })])
    copyStore(from, into)
    store.putObservations([observation({ id: 'b' })])
    const copy = openSqliteStore(join(into, 'axion.db'))
    const db = (sql: string): unknown => copy.findTrace(sql)
    expect(db(observation().traceId)).toMatchObject({ observationCount: 1 })
    copy.close()
    store.close()
    rmSync(into, { recursive: true })
    mkdirSync(into)
    copyStore(from, into)
    expect(readdirSync(into)).toEqual(['axion.db'])
  })

  it('copyStore() copies whole databases from under a writer, each with all that was written before', async () => {
    const require = createRequire(import.meta.url)
    const from = join(folder, 'from')
    mkdirSync(from)
    let written = 0
    writer = spawn(process.execPath, ['-e', WRITER, require.resolve('libsql'), join(from, 'axion.db')], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    await new Promise<void>((resolve) => {
      writer?.on('message', (n) => {
        written = Number(n)
        if (written >= 200) resolve()
      })
    })
    let copies = 0
    for (let attempt = 0; attempt < 40; attempt++) {
      const into = mkdtempSync(join(folder, 'into-'))
      const before = written
      if (tryCopy(from, into)) {
        const db = new Database(join(into, 'axion.db'))
        const [check, count] = db
          .prepare('SELECT (SELECT integrity_check FROM pragma_integrity_check), max(n) FROM t')
          .raw()
          .get() as [string, number]
        const rows = db.prepare('SELECT count(*) FROM t').raw().get() as [number]
        db.close()
        expect(check).toBe('ok')
        expect(count).toBeGreaterThanOrEqual(before)
        expect(rows[0]).toBe(count)
        copies += 1
      }
      rmSync(into, { recursive: true })
      // Lets the messages in.
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(copies).toBeGreaterThan(5)
  })

  /** Whether it came through; it may say that the writer writes too much. */
  function tryCopy(from: string, into: string): boolean {
    try {
      copyStore(from, into)
      return true
    } catch (error) {
      if (error instanceof DevServerError && error.code === 'store_in_use') return false
      throw error
    }
  }

  it('copyStore() says that there is no database', () => {
    expect(() => copyStore(folder, folder)).toThrow(
      expect.objectContaining({ code: 'data_dir_unusable', message: expect.stringContaining('there is no database') }),
    )
  })
})
