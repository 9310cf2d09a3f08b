import type { Score } from '@axion/loader'
import type { Paint, Style } from './paint.js'
import { plainText } from './plain-text.js'
import { type Cell, type Column, renderTable } from './table.js'
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
    cell(formatTime(score.timestamp), 'faint'),
    cell(score.name, 'strong'),
    cell(String(score.value)),
    cell(score.source),
    cell(score.comment),
    cell(score.observationId, 'faint'),
    cell(score.traceId ?? score.sessionId ?? score.experimentId, 'faint'),
  ]
}

// A dash, because an empty cell would shift the columns for `awk` and `cut`.
function cell(text: string | null, style: Style = 'plain'): Cell {
  return { text: text === null || text === '' ? '-' : plainText(text), style }
}
