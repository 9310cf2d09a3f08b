/**
 * Writes how many tokens went in and came out.
 *
 * @param usage - Tokens by kind, as Langfuse has them; kinds other than `input`, `output` and `total` are parts of these.
 * @returns For example `812 → 64 tokens` or `876 tokens`; empty if none are known.
 */
export function formatUsage(usage: Readonly<Record<string, number>>): string {
  const { input, output, total } = usage
  if (input !== undefined && output !== undefined) return `${input} → ${output} tokens`
  // An embedding has only an input, and some models report only the sum.
  const known = total ?? input ?? output
  return known === undefined ? '' : `${known} tokens`
}
