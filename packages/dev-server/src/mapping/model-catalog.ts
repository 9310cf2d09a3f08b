import type { ModelDefinition } from '../model/model-definition.js'
import { createModelFinder, type ModelFinder } from './model-prices.js'
import { ownModel } from './own-model.js'
import { createPatternTimer } from './timed-pattern.js'

/** All models there are: those of the project first, then those whose prices are known. */
export interface ModelCatalog {
  readonly findModel: ModelFinder
  /** Takes note of models that were added or deleted. */
  refresh(): void
}

/**
 * A catalog over the models of the project.
 *
 * @param readOwn Reads them.
 * @returns The catalog.
 */
export function createModelCatalog(readOwn: () => readonly ModelDefinition[]): ModelCatalog {
  const timed = createPatternTimer()
  const readFinder = (): ModelFinder =>
    createModelFinder([...readOwn()].sort(byStartDate).map((model) => ownModel(model, timed)))
  // Read when the first is asked for: a server whose file is damaged there still starts, and answers what it can.
  let finder: ModelFinder | undefined
  return {
    findModel: (name) => {
      finder ??= readFinder()
      return finder(name)
    },
    refresh: () => {
      finder = undefined
    },
  }
}

/** Of two that fit a name Langfuse takes the one that began later, whenever the call was; one without a date comes last. */
function byStartDate(a: ModelDefinition, b: ModelDefinition): number {
  return (b.startDateMillis ?? Number.MIN_SAFE_INTEGER) - (a.startDateMillis ?? Number.MIN_SAFE_INTEGER)
}
