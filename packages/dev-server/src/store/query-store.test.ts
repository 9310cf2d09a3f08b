import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type QueryAnswer, queryStore } from './query-store.js'
import { openSqliteStore } from './sqlite-store.js'
import type { Store } from './store.js'
import { observation } from './stored-rows.fixture.js'

describe('queryStore()', () => {
  let dataDir: string
  let store: Store | undefined

  beforeEach(() => {
    // Signs that mean something in a URI.
    dataDir = mkdtempSync(join(tmpdir(), 'axion %20?#é-'))
    store = openSqliteStore(join(dataDir, 'axion.db'))
    store.putObservations([observation({ id: 'a' }), observation({ id: 'b' })])
  })
  afterEach(() => {
    close()
    rmSync(dataDir, { recursive: true, force: true })
  })

  function close(): void {
    store?.close()
    store = undefined
  }

  function ask(sql: string): { columns: readonly string[]; rows: unknown[] } {
    const answer: QueryAnswer = queryStore(dataDir, sql)
    try {
      return { columns: answer.columns, rows: [...answer.rows] }
    } finally {
      answer.close()
    }
  }

  it.each([true, false])('queryStore() reads what was written, with the store open: %s', (isOpen) => {
    if (!isOpen) close()
    const answer = ask('SELECT id, 1.5, NULL FROM observations ORDER BY id -- a comment\n;')
    expect(answer).toEqual({
      columns: ['id', '1.5', 'NULL'],
      rows: [
        ['a', 1.5, null],
        ['b', 1.5, null],
      ],
    })
    expect(ask('SELECT id FROM observations WHERE id = 0').rows).toEqual([])
  })

  it('queryStore() leaves the data as they are, and nothing beside them', () => {
    close()
    const digest = (): string =>
      createHash('sha256')
        .update(readFileSync(join(dataDir, 'axion.db')))
        .digest('hex')
    const before = { digest: digest(), files: readdirSync(dataDir) }
    for (const sql of [
      'DELETE FROM observations',
      'DELETE FROM observations RETURNING id',
      'SELECT 1; DELETE FROM observations',
      'SELECT 1) UNION SELECT (2); DELETE FROM observations',
      'PRAGMA user_version = 9',
      `VACUUM INTO '${join(dataDir, 'copy.db')}'`,
      `ATTACH '${join(dataDir, 'other.db')}' AS other`,
      'WITH gone AS (SELECT 1) DELETE FROM observations',
      '',
      ';',
      '-- nothing',
    ]) {
      expect(() => ask(sql)).toThrow(expect.objectContaining({ name: 'DevServerError', code: 'invalid_query' }))
    }
    expect({ digest: digest(), files: readdirSync(dataDir) }).toEqual(before)
  })

  it('queryStore() reports a row that cannot be computed when it is reached', () => {
    const answer = queryStore(dataDir, "SELECT json(column1) FROM (VALUES ('1'), ('{'))")
    const rows: unknown[] = []
    const read = (): void => {
      for (const row of answer.rows) rows.push(row)
    }
    expect(read).toThrow(expect.objectContaining({ code: 'invalid_query' }))
    answer.close()
  })

  it('queryStore() says that there is no database, or none that is one', () => {
    close()
    const nowhere = join(dataDir, 'nowhere')
    expect(() => queryStore(nowhere, 'SELECT 1')).toThrow(expect.objectContaining({ code: 'data_dir_unusable' }))
    expect(readdirSync(dataDir)).toEqual(['axion.db'])
    writeFileSync(
      join(dataDir, 'axion.db'),
      'no database, but as long as the header of one would be, and then some more'.repeat(20),
    )
    expect(() => ask('SELECT 1')).toThrow(expect.objectContaining({ code: 'corrupt_store' }))
  })
})
