import type { ModelFinder } from '../mapping/model-prices.js'
import type { Store } from '../store/store.js'
import { applyUpdates, type LegacyUpdates } from './apply-updates.js'

/** Writes what is said of traces and observations in the form of version 3, all of it or nothing. */
export type LegacyWriter = (updates: LegacyUpdates, nowMillis: number) => void

/**
 * A writer into a store.
 *
 * @param store Where it writes, and where prompts are.
 * @param findModel Where prices are.
 * @returns The writer.
 */
export function createLegacyWriter({ legacy, prompts }: Store, findModel: ModelFinder): LegacyWriter {
  return (updates, nowMillis) => applyUpdates(legacy, updates, nowMillis, { findModel, prompts })
}
