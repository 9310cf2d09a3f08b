import { createRequire } from 'node:module'
import { join } from 'node:path'
import { startDevServer } from '@axion/dev-server'

// How fast the engine takes the rows of a database when nothing else is to be done: one prepared statement into the same table with the same
// indices and settings, a transaction a batch. Arguments: a data directory with rows, an empty one, rows a batch.
const [from = '', to = '', batch = ''] = process.argv.slice(2)
const load = createRequire(import.meta.resolve('@axion/dev-server'))
// The driver belongs to the server, and comes without our types.
const Database = load('libsql') as new (
  path: string,
) => {
  pragma(text: string): unknown
  exec(sql: string): void
  prepare(sql: string): { raw(): { all(...values: unknown[]): unknown[][] }; run(values: unknown[]): void }
}
await (await startDevServer({ dataDir: to })).close()
const source = new Database(join(from, 'axion.db'))
const rows = source.prepare('SELECT * FROM observations LIMIT 100000').raw().all()
const target = new Database(join(to, 'axion.db'))
for (const setting of [
  'locking_mode = EXCLUSIVE',
  'journal_mode = WAL',
  'synchronous = NORMAL',
  'wal_autocheckpoint = 8192',
  'cache_size = -65536',
]) {
  target.pragma(setting)
}
const insert = target.prepare(`INSERT OR REPLACE INTO observations VALUES (${rows[0]?.map(() => '?').join(', ')})`)
const start = performance.now()
for (let first = 0; first < rows.length; first += Number(batch)) {
  target.exec('BEGIN IMMEDIATE')
  for (const row of rows.slice(first, first + Number(batch))) insert.run(row)
  target.exec('COMMIT')
}
process.send?.((rows.length / (performance.now() - start)) * 1000)
process.disconnect()
