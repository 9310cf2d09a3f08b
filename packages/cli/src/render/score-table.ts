import type { Score } from '@axion/loader'
import type { Paint } from './paint.js'
import { type Cell, type Column, renderTable } from './table.js'
import { textCell } from './text-cell.js'
import { formatTime } from './time.js'

const COLUMNS: readonly Column[] = [
  { title: 'TIME', leaves: 3 },
  { title: 'NAME', shrinks: true },
  { title: 'VALUE', shrinks: true },
  { title: 'SOURCE', leaves: 2 },
  { title: 'COMMENT', shrinks: true, leaves: 1 },
  { title: 'OBSERVATION', leaves: 4 },
  // Last and never cut: it is what one copies into `axion traces get`.
  { title: 'TRACE OR SESSION' },
]

/**
 * Shows scores as a table, one a line.
 *
 * @param scores - The scores, in the order to show.
 * @param paint - Gives cells their look.
 * @param maxColumns - Width of the terminal; `undefined` cuts nothing.
 * @returns The lines, without newlines.
 */
export function renderScoreTable(scores: readonly Score[], paint: Paint, maxColumns: number | undefined): string[] {
  return renderTable(COLUMNS, scores.map(rowOf), paint, maxColumns)
}

function rowOf(score: Score): readonly Cell[] {
  return [
    textCell(formatTime(score.timestamp), 'faint'),
    textCell(score.name, 'strong'),
    textCell(String(score.value)),
    textCell(score.source),
    textCell(score.comment),
    textCell(score.observationId, 'faint'),
    textCell(score.traceId ?? score.sessionId ?? score.experimentId, 'faint'),
  ]
}
