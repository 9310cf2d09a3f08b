import type { DiagLogger } from '@opentelemetry/api'
import { diag } from './open-telemetry.js'
import { processSlot } from './process-slot.js'

/** Where this package reports: OpenTelemetry's diagnostics, silent until the application sets a logger. */
export const log: DiagLogger = diag.createComponentLogger({ namespace: '@axion/core' })

/**
 * Warns once in the life of the process.
 *
 * @param message - The warning, which holds no values: each is kept.
 */
export function warnOnce(message: string): void {
  const { warned } = processSlot()
  if (warned.has(message)) return
  warned.add(message)
  log.warn(message)
}
