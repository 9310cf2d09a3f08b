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

const ROWS = 4000

/**
 * Writes without end, as the store does, but begins its log anew much more often: each transaction moves something from one row to another,
 * far away in a large file, so that a copy of which parts are older shows in the sum.
 */
const WRITER = `
  const Database = require(process.argv[1])
  const db = new Database(process.argv[2])
  db.pragma('locking_mode = EXCLUSIVE')
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
  db.exec('CREATE TABLE t (n INTEGER PRIMARY KEY, amount INTEGER, filler TEXT); CREATE TABLE written (n INTEGER); INSERT INTO written VALUES (0)')
  db.exec('BEGIN')
  const insert = db.prepare('INSERT INTO t VALUES (?, 100, ?)')
  for (let n = 0; n < ${ROWS}; n++) insert.run([n, 'x'.repeat(6000)])
  db.exec('COMMIT')
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.pragma('wal_autocheckpoint = 60')
  const add = db.prepare('UPDATE t SET amount = amount + ? WHERE n = ?')
  const note = db.prepare('UPDATE written SET n = ?')
  let n = 0
  const write = () => {
    db.exec('BEGIN')
    n += 1
    for (let i = 0; i < 4; i++) {
      add.run([1, (n * 7919 + i * 997) % ${ROWS}])
      add.run([-1, (n * 104729 + i * 613) % ${ROWS}])
    }
    note.run([n])
    db.exec('COMMIT')
    process.send(n, () => setTimeout(write, n % 40 === 0 ? 60 : 0))
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
        if (written >= 20) resolve()
      })
    })
    let copies = 0
    for (let attempt = 0; attempt < 40; attempt++) {
      const into = mkdtempSync(join(folder, 'into-'))
      const before = written
      if (tryCopy(from, into)) {
        expect(readCopy(into, before)).toEqual({ check: 'ok', sum: 100 * ROWS, isRecent: true })
        copies += 1
      }
      rmSync(into, { recursive: true })
      // Lets the messages in.
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(copies).toBeGreaterThan(5)
  })

  function readCopy(directory: string, before: number): { check: unknown; sum: unknown; isRecent: boolean } {
    const db = new Database(join(directory, 'axion.db'))
    const sql =
      'SELECT (SELECT integrity_check FROM pragma_integrity_check), (SELECT sum(amount) FROM t), (SELECT n FROM written)'
    const rows: unknown = db.prepare(sql).raw().all()
    db.close()
    const [check, sum, n] = Array.isArray(rows) && Array.isArray(rows[0]) ? rows[0] : []
    return { check, sum, isRecent: Number(n) >= before }
  }

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
