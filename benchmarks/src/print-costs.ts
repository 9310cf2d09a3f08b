import type { Cost } from './compare.js'
import { verdict } from './verdict.js'

/** What a cost must hold. */
export interface Bound {
  /** In words. */
  readonly text: string
  /** What is held against it, of all the costs, the baseline first. */
  readonly of: (...costs: readonly Cost[]) => number
  readonly max: number
}

/**
 * Prints costs as a table. A bound that is missed is said and is no failure: the machine may be busy with something else.
 *
 * @param title - What was measured.
 * @param costs - The baseline first.
 * @param bound - What ours must hold; words alone where there is no bound.
 */
export function printCosts(title: string, costs: readonly Cost[], bound: Bound | string): void {
  const rule = typeof bound === 'string' ? bound : `must be ${bound.text}: ${verdict(bound.of(...costs), bound.max)}`
  console.log(`\n${title}  (${rule})`)
  for (const { name, microsPerCall, ratio } of costs) {
    console.log(`  ${name.padEnd(44)} ${microsPerCall.toFixed(3).padStart(9)} µs  ${ratio.toFixed(2).padStart(6)}×`)
  }
}
