import type { ScoreCategory, ScoreConfig, ScoreConfigDataType } from '../model/score-config.js'
import type { Db } from './db.js'
import { readCount, readRows } from './read-rows.js'
import type { ScoreConfigStore } from './score-config-store.js'
import { type SqlValue, sqlJson, sqlText } from './sql-value.js'
import type { PageRange, StoredPage } from './stored-page.js'

const COLUMNS = [
  'id',
  'name',
  'description',
  'data_type',
  'min_value',
  'max_value',
  'categories',
  'created_millis',
  'is_archived',
  'updated_millis',
]

/** Score configs in SQLite. */
export class SqliteScoreConfigStore implements ScoreConfigStore {
  private readonly db: Db

  /** @param db The connection, which stays the caller's. */
  constructor(db: Db) {
    this.db = db
  }

  putScoreConfig(config: ScoreConfig): void {
    const places = COLUMNS.map(() => '?').join(', ')
    this.db.prepare(`INSERT INTO score_configs (${COLUMNS.join(', ')}) VALUES (${places})`).run(toRow(config))
  }

  changeScoreConfig(config: ScoreConfig): void {
    const changes = COLUMNS.map((column) => `${column} = ?`).join(', ')
    this.db.prepare(`UPDATE score_configs SET ${changes} WHERE id = ?`).run([...toRow(config), sqlText(config.id)])
  }

  findScoreConfig(id: string): ScoreConfig | undefined {
    const sql = `SELECT ${COLUMNS.join(', ')} FROM score_configs WHERE id = ?`
    return readRows(this.db, { sql, values: [sqlText(id)] }).map(fromRow)[0]
  }

  findScoreConfigs({ limit, offset }: PageRange): StoredPage<ScoreConfig> {
    const sql = `SELECT ${COLUMNS.join(', ')} FROM score_configs ORDER BY created_millis DESC, id LIMIT ? OFFSET ?`
    return {
      rows: readRows(this.db, { sql, values: [limit, offset] }).map(fromRow),
      total: readCount(this.db, { sql: 'SELECT count(*) FROM score_configs', values: [] }),
    }
  }
}

function toRow(config: ScoreConfig): SqlValue[] {
  return [
    sqlText(config.id),
    sqlText(config.name),
    config.description === null ? null : sqlText(config.description),
    config.dataType,
    config.minValue,
    config.maxValue,
    config.categories === null ? null : sqlJson(config.categories),
    config.createdAtMillis,
    config.isArchived ? 1 : 0,
    config.updatedAtMillis,
  ]
}

/** The casts are sound because only {@link SqliteScoreConfigStore} writes the table, whose columns are STRICT. */
function fromRow(row: readonly unknown[]): ScoreConfig {
  const categories = row[6] as string | null
  return {
    id: row[0] as string,
    name: row[1] as string,
    description: row[2] as string | null,
    dataType: row[3] as ScoreConfigDataType,
    minValue: row[4] as number | null,
    maxValue: row[5] as number | null,
    categories: categories === null ? null : (JSON.parse(categories) as ScoreCategory[]),
    createdAtMillis: row[7] as number,
    isArchived: row[8] === 1,
    updatedAtMillis: row[9] as number,
  }
}
