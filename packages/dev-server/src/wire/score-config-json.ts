import type { ScoreConfig } from '../model/score-config.js'
import { isoTime } from './date-time.js'
import { PROJECT } from './identity.js'

/**
 * A score config as `/api/public/score-configs` shows it. Configs are not changed or archived here.
 *
 * @param config The stored config.
 * @returns What to serialize.
 */
export function scoreConfigJson(config: ScoreConfig): Record<string, unknown> {
  const createdAt = isoTime(config.createdAtMillis)
  return {
    id: config.id,
    name: config.name,
    isArchived: false,
    description: config.description,
    createdAt,
    updatedAt: createdAt,
    projectId: PROJECT.id,
    maxValue: config.maxValue,
    minValue: config.minValue,
    dataType: config.dataType,
    categories: config.categories,
  }
}
