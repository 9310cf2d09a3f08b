/**
 * Adds up amounts by kind.
 *
 * @param amounts - Token counts or costs of several observations.
 * @returns One sum for each kind that occurs.
 */
export function sumAmounts(amounts: readonly Readonly<Record<string, number>>[]): Readonly<Record<string, number>> {
  const sums = new Map<string, number>()
  for (const record of amounts) {
    for (const [kind, amount] of Object.entries(record)) sums.set(kind, (sums.get(kind) ?? 0) + amount)
  }
  return Object.fromEntries(sums)
}
