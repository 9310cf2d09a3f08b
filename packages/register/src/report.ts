import type { LogLevel } from './options/register-options.js'
import { processSlot } from './process-slot.js'

const RANK: Readonly<Record<LogLevel, number>> = { none: 0, error: 1, warn: 2, info: 3 }

/**
 * Writes one line to standard error, as `@axion/exporter` does for the pipeline: when hooks fail there may be no logger, and standard output
 * belongs to the program.
 *
 * @param level - How much it matters; `AXION_LOG_LEVEL` says from where on lines are written.
 * @param message - One line, without anything a user or a model said.
 */
export function report(level: Exclude<LogLevel, 'none'>, message: string): void {
  if (RANK[level] > RANK[processSlot().logLevel]) return
  const { stderr } = process
  // Whoever read standard error can have exited, and an `error` event that nobody listens to ends the process.
  const ignore = (): void => {}
  stderr.once('error', ignore)
  stderr.write(`[axion] ${message}\n`, (error) => {
    if (!error) stderr.removeListener('error', ignore)
  })
}
