import type { Observation } from '@axion/loader'
import { formatCost } from './cost.js'
import { formatDuration } from './duration.js'
import { firstLine } from './first-line.js'
import { levelStyle } from './level-style.js'
import type { Paint } from './paint.js'
import { plainText } from './plain-text.js'
import { cutToWidth } from './text-width.js'
import type { DetailLine, NodeLook } from './tree.js'
import { formatUsage } from './usage.js'

// Longer names are program text that ended up in a name.
const MAX_NAME_WIDTH = 60

/**
 * Shows one observation: a title with the facts, and a line each for what went in, what came out and what went wrong.
 *
 * @param observation - The observation.
 * @param paint - Gives the title its look.
 * @returns Title and details.
 */
export function observationLook(observation: Observation, paint: Paint): NodeLook {
  const { name, type, level, model, usage, totalCostUsd, placement } = observation
  const shownName = name === '' ? '(no name)' : cutToWidth(plainText(name), MAX_NAME_WIDTH)
  const cost = formatCost(totalCostUsd)
  const facts = [
    paint('faint', plainText(type)),
    level === 'DEFAULT' ? '' : paint(levelStyle(level), level),
    formatDuration(observation.latencySeconds),
    model === null ? '' : cutToWidth(plainText(model), MAX_NAME_WIDTH),
    formatUsage(usage),
    cost === '-' ? '' : cost,
    // Only what a reader would not expect at its place.
    placement === 'orphan' ? paint('warning', '(its parent is not in the trace)') : '',
    placement === 'cycle' ? paint('warning', '(its parent is below it)') : '',
  ]
  return {
    title: [paint('strong', shownName), ...facts.filter((fact) => fact !== '')].join('  '),
    details: detailsOf(observation),
  }
}

function detailsOf(observation: Observation): readonly DetailLine[] {
  const { input, output, statusMessage, level } = observation
  const messageLabel = level === 'ERROR' ? 'error' : 'status'
  const lines = [
    { label: 'in', value: firstLine(input), style: 'faint' },
    { label: 'out', value: firstLine(output), style: 'faint' },
    { label: messageLabel, value: firstLine(statusMessage), style: levelStyle(level) },
  ] as const
  return lines.flatMap(({ label, value, style }) =>
    value === undefined ? [] : [{ text: `${label.padEnd(messageLabel.length)}  ${value}`, style }],
  )
}
