import type { Cost } from './compare.js'

/**
 * Prints costs as a table.
 *
 * @param title - What was measured.
 * @param costs - The baseline first.
 * @param bound - What ours must hold, in words.
 */
export function printCosts(title: string, costs: readonly Cost[], bound: string): void {
  console.log(`\n${title}  (must be: ${bound})`)
  for (const { name, microsPerCall, ratio } of costs) {
    console.log(`  ${name.padEnd(44)} ${microsPerCall.toFixed(3).padStart(9)} µs  ${ratio.toFixed(2).padStart(6)}×`)
  }
}
