import type { Trace } from '@axion/loader'
import { formatCost } from './cost.js'
import { formatDuration } from './duration.js'
import { levelStyle } from './level-style.js'
import type { Paint } from './paint.js'
import { plainText } from './plain-text.js'
import { cutToWidth, textWidth } from './text-width.js'
import { formatTime } from './time.js'

const NAME_WIDTH = 24

/**
 * Shows a trace on a line of its own: the columns of a table whose further rows are not known yet.
 *
 * @param trace - The trace.
 * @param paint - Gives text its look.
 * @param maxColumns - Width of the terminal; `undefined` cuts nothing.
 * @returns The line, without its newline.
 */
export function traceLine(trace: Trace, paint: Paint, maxColumns: number | undefined): string {
  const name = cutToWidth(plainText(trace.name ?? '-'), NAME_WIDTH)
  const message = trace.level === 'ERROR' ? plainText(trace.statusMessage ?? '') : ''
  const facts = [
    formatTime(trace.timestamp),
    trace.id,
    `${name}${' '.repeat(NAME_WIDTH - textWidth(name))}`,
    trace.level.padEnd(7),
    formatDuration(trace.latencySeconds).padStart(8),
    formatCost(trace.totalCostUsd).padStart(9),
  ].join('  ')
  const line = message === '' ? facts : `${facts}  ${message}`
  return paint(levelStyle(trace.level), maxColumns === undefined ? line : cutToWidth(line, maxColumns))
}
