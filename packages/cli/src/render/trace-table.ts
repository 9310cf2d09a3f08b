import type { Trace } from '@axion/loader'
import { formatCost } from './cost.js'
import { formatDuration } from './duration.js'
import { levelStyle } from './level-style.js'
import type { Paint } from './paint.js'
import { type Cell, type Column, renderTable } from './table.js'
import { textCell } from './text-cell.js'
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
    textCell(formatTime(trace.timestamp), 'faint'),
    textCell(trace.name, 'strong'),
    textCell(trace.level, levelStyle(trace.level)),
    textCell(formatDuration(trace.latencySeconds)),
    textCell(trace.userId),
    textCell(trace.sessionId),
    textCell(trace.tags.join(', ')),
    textCell(formatCost(trace.totalCostUsd)),
    textCell(trace.id, 'faint'),
  ]
}
