import type { ScoreConfig } from '../model/score-config.js'
import { isoTime } from './date-time.js'
import { PROJECT } from './identity.js'

/**
 * A score config as `/api/public/score-configs` shows it.
 *
 * @param config The stored config.
 * @returns What to serialize.
 */
export function scoreConfigJson(config: ScoreConfig): Record<string, unknown> {
  return {
    id: config.id,
    name: config.name,
    isArchived: config.isArchived,
    description: config.description,
    createdAt: isoTime(config.createdAtMillis),
    updatedAt: isoTime(config.updatedAtMillis),
    projectId: PROJECT.id,
    maxValue: config.maxValue,
    minValue: config.minValue,
    dataType: config.dataType,
    categories: config.categories,
  }
}
