import type { ObservationLevel } from '@axion/loader'
import type { Style } from './paint.js'

const STYLES: Readonly<Record<ObservationLevel, Style>> = {
  DEBUG: 'faint',
  DEFAULT: 'plain',
  WARNING: 'warning',
  ERROR: 'bad',
}

/**
 * @param level - How serious an observation is.
 * @returns How that looks.
 */
export function levelStyle(level: ObservationLevel): Style {
  return STYLES[level]
}
