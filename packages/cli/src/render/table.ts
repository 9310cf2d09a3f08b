import type { Paint, Style } from './paint.js'
import { cutToWidth, textWidth } from './text-width.js'

/** One column of a table. */
export interface Column {
  readonly title: string
  /** @default 'left' */
  readonly align?: 'left' | 'right'
  /** Whether it may be cut when the terminal is too narrow. An id that is cut is useless. @default false */
  readonly shrinks?: boolean
}

/** One cell; its text is printable already. */
export interface Cell {
  readonly text: string
  readonly style: Style
}

const GAP = '  '
// Narrower than this, a column tells nothing any more.
const MIN_WIDTH = 6

/**
 * Lays rows out in columns under a line of titles.
 *
 * @param columns - The columns.
 * @param rows - The rows, each with a cell for every column.
 * @param paint - Gives cells their look.
 * @param maxColumns - Width to fit into if the shrinking columns allow it; `undefined` cuts nothing, for pipes and files.
 * @returns The lines, without newlines.
 */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  paint: Paint,
  maxColumns: number | undefined,
): string[] {
  const head = columns.map(({ title }): Cell => ({ text: title, style: 'faint' }))
  const lines = [head, ...rows]
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => textWidth(line[index]?.text ?? ''))))
  if (maxColumns !== undefined) shrink(widths, columns, maxColumns)
  return lines.map((line) =>
    line
      .map((cell, index) => {
        const width = widths[index] ?? 0
        const text = cutToWidth(cell.text, Math.max(width, 1))
        const blank = ' '.repeat(Math.max(0, width - textWidth(text)))
        const painted = paint(cell.style, text)
        return columns[index]?.align === 'right' ? `${blank}${painted}` : `${painted}${blank}`
      })
      .join(GAP)
      .trimEnd(),
  )
}

// Always takes from the widest, so that short values stay whole as long as possible.
function shrink(widths: number[], columns: readonly Column[], maxColumns: number): void {
  let excess = widths.reduce((sum, width) => sum + width, GAP.length * (widths.length - 1)) - maxColumns
  while (excess > 0) {
    let widest = -1
    for (const [index, width] of widths.entries()) {
      if (columns[index]?.shrinks !== true || width <= MIN_WIDTH) continue
      if (widest === -1 || width > (widths[widest] ?? 0)) widest = index
    }
    if (widest === -1) return
    widths[widest] = (widths[widest] ?? 0) - 1
    excess -= 1
  }
}
