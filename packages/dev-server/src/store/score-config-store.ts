import type { ScoreConfig } from '../model/score-config.js'
import type { PageRange, StoredPage } from './stored-page.js'

/** Where score configs live. */
export interface ScoreConfigStore {
  /**
   * Writes a new config.
   *
   * @param config The config; it throws if there is one of this id.
   */
  putScoreConfig(config: ScoreConfig): void
  /**
   * Writes a config in the place of the one of its id.
   *
   * @param config The config; it is not written if there is none of this id.
   */
  changeScoreConfig(config: ScoreConfig): void
  /**
   * Finds a config.
   *
   * @param id Its id.
   * @returns The config, or undefined.
   */
  findScoreConfig(id: string): ScoreConfig | undefined
  /**
   * Reads configs, the newest first.
   *
   * @param range Which of them.
   * @returns The configs.
   */
  findScoreConfigs(range: PageRange): StoredPage<ScoreConfig>
}
