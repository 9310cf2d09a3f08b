import type { DiagLogger } from '@opentelemetry/api'
import { diag } from './open-telemetry.js'
import { processSlot } from './process-slot.js'

/** Where this package reports: OpenTelemetry's diagnostics, silent until the application sets a logger. */
export const log: DiagLogger = diag.createComponentLogger({ namespace: '@axion/core' })

/**
 * Warns once in the life of the process.
 *
 * @param message - The warning.
 * @param about - What is given once: a second warning about it is not, whatever its message. Default: the message.
 */
export function warnOnce(message: string, about: string = message): void {
  const { warned } = processSlot()
  // A bound, because what it is about may hold values: past it nothing new is said rather than memory being kept.
  if (warned.has(about) || warned.size >= 1000) return
  warned.add(about)
  log.warn(message)
}
