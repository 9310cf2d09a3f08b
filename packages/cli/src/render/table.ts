import type { Paint, Style } from './paint.js'
import { cutToWidth, textWidth } from './text-width.js'

/** One column of a table. */
export interface Column {
  readonly title: string
  /** @default 'left' */
  readonly align?: 'left' | 'right'
  /** Whether it may be cut when the terminal is too narrow. An id that is cut is useless. @default false */
  readonly shrinks?: boolean
  /** Leaves the table when even shrinking is not enough, those with the lowest number first. @default never */
  readonly leaves?: number
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
 * @param maxColumns - Width to fit into, by shrinking columns, then by leaving some out; `undefined` keeps everything, for pipes and files.
 * @returns The lines, without newlines.
 */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  paint: Paint,
  maxColumns: number | undefined,
): string[] {
  const all = [columns.map(({ title }): Cell => ({ text: title, style: 'faint' })), ...rows]
  const wanted = columns.map((_, index) => Math.max(...all.map((line) => textWidth(line[index]?.text ?? ''))))
  const kept = maxColumns === undefined ? columns.map((_, index) => index) : keep(columns, wanted, maxColumns)
  const lines = all.map((line) => kept.flatMap((index) => line[index] ?? []))
  const widths = kept.map((index) => wanted[index] ?? 0)
  const shown = kept.flatMap((index) => columns[index] ?? [])
  if (maxColumns !== undefined) shrink(widths, shown, maxColumns)
  return lines.map((line) =>
    line
      .map((cell, index) => {
        const width = widths[index] ?? 0
        const text = cutToWidth(cell.text, Math.max(width, 1))
        const blank = ' '.repeat(Math.max(0, width - textWidth(text)))
        const painted = paint(cell.style, text)
        return shown[index]?.align === 'right' ? `${blank}${painted}` : `${painted}${blank}`
      })
      .join(GAP)
      .trimEnd(),
  )
}

/** Which columns fit when all that shrink are at their narrowest. */
function keep(columns: readonly Column[], widths: readonly number[], maxColumns: number): number[] {
  const least = (index: number): number => {
    const width = widths[index] ?? 0
    return columns[index]?.shrinks === true ? Math.min(width, MIN_WIDTH) : width
  }
  const kept = columns.map((_, index) => index)
  const leaving = kept
    .filter((index) => columns[index]?.leaves !== undefined)
    .sort((a, b) => (columns[a]?.leaves ?? 0) - (columns[b]?.leaves ?? 0))
  for (const index of leaving) {
    const total = kept.reduce((sum, at) => sum + least(at), GAP.length * (kept.length - 1))
    if (total <= maxColumns) break
    kept.splice(kept.indexOf(index), 1)
  }
  return kept
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
