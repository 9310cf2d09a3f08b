import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FilledServer, startFilledServer } from '../filled-server.fixture.js'
import { type Run, runAxion, startAxion } from '../run-axion.fixture.js'
import { STORED_SPANS } from '../stored-traces.fixture.js'

describe('axion sql', () => {
  let filled: FilledServer

  beforeAll(async () => {
    filled = await startFilledServer(STORED_SPANS)
  })
  afterAll(() => filled.close())

  const sql = (...words: string[]): Promise<Run> =>
    runAxion(['sql', '--data-dir', join(filled.folder, 'data'), ...words], {})

  it('sql() prints a table, while the server runs', async () => {
    const query =
      "SELECT type, count(*) AS n, NULL AS empty, x'00ff' AS b FROM observations GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 2;"
    expect(await sql(query)).toEqual({
      code: 0,
      stderr: '',
      stdout: ['type       n  empty  b', 'SPAN       2  -      <2 bytes>', 'EMBEDDING  1  -      <2 bytes>', ''].join(
        '\n',
      ),
    })
  })

  it('sql() prints an object a row with --json, and keeps columns of one name apart', async () => {
    const run = await sql(
      '--json',
      "WITH t AS (SELECT 'a\u001b[31m' AS x) SELECT x, x, 1.5 AS y, NULL AS z, x'00ff' AS b FROM t",
    )
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' })
    expect(run.stdout).not.toContain('\u001b')
    expect(JSON.parse(run.stdout)).toEqual({ x: 'a\u001b[31m', x_2: 'a\u001b[31m', y: 1.5, z: null, b: 'AP8=' })
  })

  it.each([
    [['DELETE FROM observations'], 'axion: Cannot run the query: it is not one query: expected a SELECT\n'],
    [['SELECT 1; DELETE FROM observations'], 'axion: Cannot run the query: it is not one query: expected a SELECT\n'],
    [["VACUUM INTO 'copy.db'"], 'axion: Cannot run the query: it is not one query: expected a SELECT\n'],
    [
      ['DELETE FROM observations RETURNING id'],
      'axion: Cannot run the query: it is not one query: expected a SELECT\n',
    ],
    [['SELECT nope FROM observations'], 'axion: Cannot run the query: no such column: nope\n'],
    [['SELEC'], 'axion: Cannot run the query: near "SELEC": syntax error\n'],
    [[''], 'axion: Cannot run the query: it is not one query: expected a SELECT\n'],
    [
      ['SELECT 1', '--data-dir', '/nowhere'],
      'axion: Cannot read /nowhere/axion.db: there is no database: check the data directory (--data-dir)\n',
    ],
  ])('sql() answers %j with 1 and one line, and changes nothing', async (words, stderr) => {
    const database = join(filled.folder, 'data', 'axion.db')
    const digest = (): string => createHash('sha256').update(readFileSync(database)).digest('hex')
    const before = digest()
    expect(await sql(...words)).toEqual({ code: 1, stdout: '', stderr })
    expect(digest()).toBe(before)
    expect(JSON.parse((await sql('--json', 'SELECT count(*) AS n FROM observations')).stdout)).toEqual({ n: 6 })
  })

  it('sql() ends quietly with 0 when nobody reads on, and leaves no copy behind', async () => {
    const copies = mkdtempSync(join(filled.folder, 'tmp-'))
    const endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n'
    const flags = ['sql', '--data-dir', join(filled.folder, 'data'), '--json', endless]
    const { child, ended, printed } = startAxion(flags, { TMPDIR: copies })
    await printed(/\n/)
    child.stdout?.destroy()
    expect(await ended).toMatchObject({ code: 0, stderr: '' })
    expect(readdirSync(copies)).toEqual([])
  })

  it('sql() ends at once on Ctrl-C, whatever SQLite is doing, and the next query removes the copy', async () => {
    const copies = mkdtempSync(join(filled.folder, 'tmp-'))
    const endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < 0'
    const flags = ['sql', '--data-dir', join(filled.folder, 'data')]
    const { child, ended } = startAxion([...flags, endless], { TMPDIR: copies })
    await expect.poll(() => readdirSync(copies), { interval: 20, timeout: 10_000 }).toHaveLength(1)
    child.kill('SIGINT')
    expect(await ended).toMatchObject({ code: null, stdout: '', stderr: '' })
    expect(child.signalCode).toBe('SIGINT')
    await runAxion([...flags, 'SELECT 1'], { TMPDIR: copies })
    expect(readdirSync(copies)).toEqual([])
  })
})
