import type { Score, Trace } from '@axion/loader'
import { formatCost } from './cost.js'
import { formatDuration } from './duration.js'
import { firstLine } from './first-line.js'
import { levelStyle } from './level-style.js'
import { observationLook } from './observation-look.js'
import type { Paint } from './paint.js'
import { plainText } from './plain-text.js'
import { cutToWidth } from './text-width.js'
import { formatTime } from './time.js'
import { renderTree } from './tree.js'
import { formatUsage } from './usage.js'

// Files and pipes have no width, but a payload's first line can be a whole document. `--json` has everything.
const COLUMNS_WITHOUT_TERMINAL = 200
const LABEL_WIDTH = 13

/**
 * Shows one trace: what is known of it as a whole, then its observations as a tree.
 *
 * @param trace - The trace.
 * @param paint - Gives text its look.
 * @param columns - Width of the terminal, if there is one.
 * @returns The lines, without newlines, one at a time: a trace can have any number of observations.
 */
export function* renderTrace(trace: Trace, paint: Paint, columns: number | undefined): Generator<string> {
  const width = columns ?? COLUMNS_WITHOUT_TERMINAL
  yield titleOf(trace, paint)
  // Never cut: it is there to be copied.
  yield `  ${paint('faint', 'id'.padEnd(LABEL_WIDTH))}${plainText(trace.id)}`
  for (const [label, value] of factsOf(trace)) {
    if (value === undefined || value === '') continue
    yield `  ${paint('faint', label.padEnd(LABEL_WIDTH))}${cutToWidth(value, Math.max(1, width - LABEL_WIDTH - 2))}`
  }
  yield ''
  const look = (observation: Trace['root']) => observationLook(observation, paint)
  yield* renderTree(trace.roots, (observation) => observation.children, look, paint, width)
}

function titleOf(trace: Trace, paint: Paint): string {
  const parts = [
    paint('strong', trace.name === null ? '(no name)' : plainText(trace.name)),
    paint(levelStyle(trace.level), trace.level),
    formatDuration(trace.latencySeconds),
    formatUsage(trace.usage),
    formatCost(trace.totalCostUsd),
  ]
  return parts.filter((part) => part !== '' && part !== '-').join('  ')
}

function factsOf(trace: Trace): readonly (readonly [string, string | undefined])[] {
  const text = (value: string | null): string | undefined => (value === null ? undefined : plainText(value))
  return [
    ['time', formatTime(trace.timestamp)],
    ['user', text(trace.userId)],
    ['session', text(trace.sessionId)],
    ['tags', trace.tags.map(plainText).join(', ')],
    ['environment', text(trace.environment)],
    ['release', text(trace.release)],
    ['version', text(trace.version)],
    ['metadata', Object.keys(trace.metadata).length === 0 ? undefined : firstLine(trace.metadata)],
    ['scores', trace.scores.map(scoreText).join(', ')],
  ]
}

function scoreText({ name, value, observationId }: Score): string {
  return `${plainText(name)}=${plainText(String(value))}${observationId === null ? '' : ' (of an observation)'}`
}
