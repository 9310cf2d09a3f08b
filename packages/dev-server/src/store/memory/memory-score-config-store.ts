import type { ScoreConfig } from '../../model/score-config.js'
import type { ScoreConfigStore } from '../score-config-store.js'
import type { PageRange, StoredPage } from '../stored-page.js'
import type { MemoryTables } from './memory-tables.js'
import { pageOf } from './page-of.js'
import { requireWholeMillis } from './require-whole-millis.js'
import { ascending } from './row-order.js'
import { storedCopy, storedText } from './stored-copy.js'

/** Score configs in memory. */
export class MemoryScoreConfigStore implements ScoreConfigStore {
  private readonly tables: MemoryTables

  /** @param tables Where they are kept. */
  constructor(tables: MemoryTables) {
    this.tables = tables
  }

  putScoreConfig(config: ScoreConfig): void {
    const { scoreConfigs } = this.tables.rows
    requireWholeMillis(config, ['createdAtMillis'])
    if (scoreConfigs.has(config.id)) {
      throw new Error(`Cannot store a score config: found one of the id ${config.id}, expected none`)
    }
    scoreConfigs.set(config.id, storedCopy(config))
  }

  changeScoreConfig(config: ScoreConfig): void {
    const { scoreConfigs } = this.tables.rows
    requireWholeMillis(config, ['createdAtMillis', 'updatedAtMillis'])
    if (scoreConfigs.has(storedText(config.id))) scoreConfigs.set(storedText(config.id), storedCopy(config))
  }

  findScoreConfig(id: string): ScoreConfig | undefined {
    return this.tables.rows.scoreConfigs.get(storedText(id))
  }

  findScoreConfigs(range: PageRange): StoredPage<ScoreConfig> {
    return pageOf([...this.tables.rows.scoreConfigs.values()], NEWEST_FIRST, range)
  }
}

const NEWEST_FIRST = ascending<ScoreConfig>(
  ({ createdAtMillis }) => -createdAtMillis,
  ({ id }) => id,
)
