import type { ComparedCell, ComparedItem } from './comparison-data.js'

/**
 * The number of a score.
 *
 * @param cell Whose score.
 * @param name Which score.
 * @returns The number; undefined when there is none, or it is a word.
 */
export function numberOf(cell: ComparedCell | null | undefined, name: string): number | undefined {
  const value = cell?.scores.find((score) => score.name === name)?.value
  return typeof value === 'number' ? value : undefined
}

/**
 * How a score of an item changed from the first experiment to another.
 *
 * @param item The item.
 * @param run The place of the other experiment.
 * @param name Which score.
 * @returns The difference; undefined when one of the two has no such score.
 */
export function scoreChange(item: ComparedItem, run: number, name: string): number | undefined {
  const [before, after] = [numberOf(item.cells[0], name), numberOf(item.cells[run], name)]
  return before === undefined || after === undefined ? undefined : after - before
}

/**
 * The largest change of an item in one direction, over all experiments and the scores that count.
 *
 * @param item The item.
 * @param names Which scores.
 * @param direction 1 for gains, -1 for losses.
 * @returns How large it is, 0 when there is none.
 */
export function largestChange(item: ComparedItem, names: readonly string[], direction: 1 | -1): number {
  let largest = 0
  for (let run = 1; run < item.cells.length; run++) {
    for (const name of names) largest = Math.max(largest, (scoreChange(item, run, name) ?? 0) * direction)
  }
  return largest
}

/**
 * Whether experiments differ in an item: in what was answered, in a score, or in whether it ran at all.
 *
 * @param item The item.
 * @returns True when they do.
 */
export function isDifferent({ cells }: ComparedItem): boolean {
  const said = (cell: ComparedCell | null): string =>
    cell === null
      ? ''
      : JSON.stringify([cell.output, cell.isError, cell.scores.map(({ name, value }) => [name, value])])
  return cells.some((cell) => said(cell) !== said(cells[0] ?? null))
}
