import { diag } from '@opentelemetry/api'
import type { Drainable } from './drainable.js'

/**
 * Flushes pipelines, all at once. Never rejects.
 *
 * @param drainables - Those to flush.
 * @param deadlineMillis - How long each may take, in milliseconds.
 */
export async function flushAll(drainables: Iterable<Drainable>, deadlineMillis: number): Promise<void> {
  await Promise.all(Array.from(drainables, (drainable) => flush(drainable, deadlineMillis)))
}

async function flush(drainable: Drainable, deadlineMillis: number): Promise<void> {
  try {
    if (!drainable.isEmpty()) await drainable.flush(deadlineMillis)
  } catch (error) {
    diag.error('@axion/exporter: a pipeline could not be flushed', error)
  }
}
