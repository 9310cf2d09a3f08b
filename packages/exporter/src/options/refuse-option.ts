import { ExporterError } from '../exporter-error.js'
import { showText } from './show-text.js'

/**
 * Refuses an argument.
 *
 * @param option - Its name, as the caller wrote it: `spool.maxBytes`.
 * @param found - What it is; never a value that may be a secret.
 * @param expected - What it should be.
 * @throws {ExporterError} `invalid_options`, always.
 */
export function refuseOption(option: string, found: string, expected: string): never {
  throw new ExporterError(
    'invalid_options',
    option,
    `Cannot configure tracing: ${option} is ${found}, expected ${expected}`,
  )
}

/**
 * What kind of thing a value is, for messages: kinds and not values, where a value may be a secret.
 *
 * @param value - Any value.
 */
export function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'an array with other things in it'
  if (value === null) return 'null'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/**
 * Shows a value in a message: a number as it is, a text if it cannot be a secret, else what kind of thing it is.
 *
 * @param value - Any value.
 */
export function showValue(value: unknown): string {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' ? showText(value) : kindOf(value)
}
