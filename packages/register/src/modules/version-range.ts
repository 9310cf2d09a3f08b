/**
 * Whether a version lies in a range.
 *
 * @param version - As a package.json has it. A pre-release counts as its release: what is in it is nearer to that than to the one before.
 * @param from - The first version that does.
 * @param below - The first that does not any more.
 */
export function isVersionWithin(version: string, from: string, below: string): boolean {
  return compare(version, from) >= 0 && compare(version, below) < 0
}

function compare(left: string, right: string): number {
  const others = numbers(right)
  for (const [index, number] of numbers(left).entries()) {
    const difference = number - (others[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

function numbers(version: string): number[] {
  // A version that is none compares as NaN, which is in no range.
  const [, ...parts] = /^(\d+)\.(\d+)\.(\d+)/.exec(version) ?? [undefined, 'NaN']
  return parts.map(Number)
}
