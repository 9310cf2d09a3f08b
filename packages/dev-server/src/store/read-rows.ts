import type { SqlCondition } from './compile-condition.js'
import type { Db } from './db.js'

/**
 * Runs a statement that reads.
 *
 * @param db The connection.
 * @param statement The SQL and the values of its placeholders.
 * @returns The rows, each the list of its columns.
 */
export function readRows(db: Db, { sql, values }: SqlCondition): unknown[][] {
  // Raw rows are arrays, which is what the typings of the driver do not say.
  return db
    .prepare(sql)
    .raw()
    .all([...values]) as unknown[][]
}

/**
 * Runs a statement that counts.
 *
 * @param db The connection.
 * @param statement A statement with one row of one number.
 * @returns The number.
 */
export function readCount(db: Db, statement: SqlCondition): number {
  return Number(readRows(db, statement)[0]?.[0] ?? 0)
}
