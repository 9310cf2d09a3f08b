/**
 * Tells cells that hold an empty text (`""`) from those that hold nothing.
 *
 * @param cells - The cells of a record of CSV.
 * @param raw - The same record as it stands in the file. It is sound: the parser has found its cells.
 * @returns The cells, `null` for nothing.
 */
export function markEmptyCells(cells: readonly string[], raw: string): readonly (string | null)[] {
  if (!cells.includes('')) return cells
  // Empty lines before a record belong to it.
  let start = raw.search(/[^\r\n]/)
  return cells.map((cell) => {
    const isQuoted = raw[start] === '"'
    start = (isQuoted ? endOfQuotes(raw, start) : start + cell.length) + 1
    return cell === '' && !isQuoted ? null : cell
  })
}

/** Where what began with a quote has ended: behind the first quote that no second one follows. */
function endOfQuotes(raw: string, start: number): number {
  let end = raw.indexOf('"', start + 1)
  while (raw[end + 1] === '"') end = raw.indexOf('"', end + 2)
  return end + 1
}
