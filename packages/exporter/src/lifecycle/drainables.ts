import type { Drainable } from './drainable.js'

/**
 * Makes a pipeline known to those who flush all of the process, as `flushAfter` does.
 *
 * @param drainable - The pipeline.
 * @returns Forgets it: it is shut down.
 */
export function registerDrainable(drainable: Drainable): () => void {
  const drainables = drainableSlot()
  drainables.add(drainable)
  return () => {
    drainables.delete(drainable)
  }
}

/** The pipelines of the process, also those of other copies of this package. */
export function registeredDrainables(): ReadonlySet<Drainable> {
  return drainableSlot()
}

const SLOT = Symbol.for('axion.drainables')

// In one process there may be a copy for CommonJS and one for ESM, and one of them has the pipeline, the other `flushAfter`.
function drainableSlot(): Set<Drainable> {
  // `globalThis` has no index signature for symbols.
  const holder = globalThis as { [SLOT]?: Set<Drainable> }
  holder[SLOT] ??= new Set()
  return holder[SLOT]
}
