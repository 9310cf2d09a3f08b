const SMALLEST_USD = 0.000001

/**
 * Writes a cost. A call to a small model costs fractions of a cent, so small amounts keep two significant digits.
 *
 * @param usd - US dollars; `null` if not known.
 * @returns For example `$12.50`, `$0.0012`, `<$0.000001`; `-` if not known or nothing, which the server does not tell apart.
 */
export function formatCost(usd: number | null): string {
  if (usd === null || !Number.isFinite(usd) || usd <= 0) return '-'
  if (usd < SMALLEST_USD) return '<$0.000001'
  if (usd >= 0.995) return `$${usd.toFixed(2)}`
  // toPrecision would switch to exponents below 0.000001, which is excluded above; trailing zeros carry nothing.
  const decimals = 1 - Math.floor(Math.log10(usd))
  return `$${usd.toFixed(decimals).replace(/0+$/, '')}`
}
