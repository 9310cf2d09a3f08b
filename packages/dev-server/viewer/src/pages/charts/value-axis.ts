/** A scale for values from 0, or from below, to the highest. */
export interface ValueAxis {
  readonly low: number
  readonly high: number
  /** Where lines are drawn, from the bottom. */
  readonly ticks: readonly number[]
}

/** Steps people count in. */
const STEPS = [1, 2, 2.5, 5, 10]

/** Lines across a chart, without the one at the bottom. */
const MAX_TICKS = 3

/**
 * Makes a scale that ends on a round number.
 *
 * @param values What must have a place on it.
 * @returns The scale.
 */
export function valueAxis(values: readonly number[]): ValueAxis {
  const highest = values.reduce((before, value) => Math.max(before, value), 0)
  const lowest = values.reduce((before, value) => Math.min(before, value), 0)
  if (highest === lowest) return { low: 0, high: 1, ticks: [0] }
  const span = highest - lowest
  const size = 10 ** Math.floor(Math.log10(span / MAX_TICKS))
  const step = size * (STEPS.find((each) => each * size * MAX_TICKS >= span * (1 - 1e-9)) ?? 10)
  const low = Math.floor(lowest / step) * step
  const count = Math.max(1, Math.ceil((highest - low) / step - 1e-9))
  return { low, high: low + count * step, ticks: Array.from({ length: count + 1 }, (_, index) => low + index * step) }
}
