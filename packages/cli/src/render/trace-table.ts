import type { Trace } from '@axion/loader'
import { formatCost } from './cost.js'
import { formatDuration } from './duration.js'
import { levelStyle } from './level-style.js'
import type { Paint, Style } from './paint.js'
import { plainText } from './plain-text.js'
import { type Cell, type Column, renderTable } from './table.js'
import { formatTime } from './time.js'

const COLUMNS: readonly Column[] = [
  { title: 'TIME', leaves: 5 },
  { title: 'NAME', shrinks: true },
  { title: 'LEVEL', leaves: 7 },
  { title: 'LATENCY', align: 'right', leaves: 6 },
  { title: 'USER', shrinks: true, leaves: 2 },
  { title: 'SESSION', shrinks: true, leaves: 3 },
  { title: 'TAGS', shrinks: true, leaves: 1 },
  { title: 'COST', align: 'right', leaves: 4 },
  // Last and never cut: it is what one copies into `axion traces get`.
  { title: 'ID' },
]

/**
 * Shows traces as a table, one a line.
 *
 * @param traces - The traces, in the order to show.
 * @param paint - Gives cells their look.
 * @param maxColumns - Width of the terminal; `undefined` cuts nothing.
 * @returns The lines, without newlines.
 */
export function renderTraceTable(traces: readonly Trace[], paint: Paint, maxColumns: number | undefined): string[] {
  return renderTable(COLUMNS, traces.map(rowOf), paint, maxColumns)
}

function rowOf(trace: Trace): readonly Cell[] {
  return [
    cell(formatTime(trace.timestamp), 'faint'),
    cell(trace.name, 'strong'),
    cell(trace.level, levelStyle(trace.level)),
    cell(formatDuration(trace.latencySeconds)),
    cell(trace.userId),
    cell(trace.sessionId),
    cell(trace.tags.join(', ')),
    cell(formatCost(trace.totalCostUsd)),
    cell(trace.id, 'faint'),
  ]
}

// A dash, because an empty cell would shift the columns for `awk` and `cut`.
function cell(text: string | null, style: Style = 'plain'): Cell {
  return { text: text === null || text === '' ? '-' : plainText(text), style }
}
