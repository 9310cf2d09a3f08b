import type { ScoreConfig } from '../model/score-config.js'
import type { PageRange, StoredPage } from './stored-page.js'

/** Where score configs live. */
export interface ScoreConfigStore {
  /**
   * Writes a new config.
   *
   * @param config The config.
   */
  putScoreConfig(config: ScoreConfig): void
  /**
   * Reads configs, the newest first.
   *
   * @param range Which of them.
   * @returns The configs.
   */
  findScoreConfigs(range: PageRange): StoredPage<ScoreConfig>
}
