/** Parts of the time without a value that a line bridges. */
const MAX_GAP = 3

/** A line as `d` of SVG paths. */
export interface LinePath {
  readonly line: string
  /** Values that stand alone: paths of no length, whose round ends are dots. */
  readonly dots: string
}

/**
 * Draws a line through values.
 *
 * @param values One for each part of the time; null for none.
 * @param yOf Where a value lies.
 * @returns The line and its dots. A part is one wide, a value stands in its middle.
 */
export function linePath(values: readonly (number | null)[], yOf: (value: number) => number): LinePath {
  const runs: string[][] = []
  let last = Number.NEGATIVE_INFINITY
  for (const [index, value] of values.entries()) {
    if (value === null) continue
    const point = `${index + 0.5} ${yOf(value).toFixed(2)}`
    const run = runs.at(-1)
    if (run !== undefined && index - last <= MAX_GAP) run.push(point)
    else runs.push([point])
    last = index
  }
  return {
    line: runs.map((points) => (points.length > 1 ? `M${points.join('L')}` : '')).join(''),
    dots: runs.map((points) => (points.length === 1 ? `M${points[0]}h0` : '')).join(''),
  }
}
