import { type DiagLogger, diag } from '@opentelemetry/api'
import { processSlot } from './process-slot.js'

/** Where this package reports: OpenTelemetry's diagnostics, silent until the application sets a logger. */
export const log: DiagLogger = diag.createComponentLogger({ namespace: '@axion/core' })

/**
 * Warns once in the life of the process.
 *
 * @param message - The warning; the same text is not given again.
 */
export function warnOnce(message: string): void {
  const { warned } = processSlot()
  // A bound, because messages may hold values: past it nothing new is said rather than memory being kept.
  if (warned.has(message) || warned.size >= 1000) return
  warned.add(message)
  log.warn(message)
}
