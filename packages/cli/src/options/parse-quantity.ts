import { InvalidArgumentError } from 'commander'

const MILLIS_PER: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }
const BYTES_PER: Readonly<Record<string, number>> = {
  ...{ b: 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12 },
  ...{ kib: 1024, mib: 1024 ** 2, gib: 1024 ** 3, tib: 1024 ** 4 },
}

/**
 * Reads a span of time.
 *
 * @param text - What stands on the command line: a number and its unit, such as `30m`, `12h` or `7d`.
 * @returns Whole milliseconds, above 0.
 * @throws {InvalidArgumentError} If it is none.
 */
export function parseDuration(text: string): number {
  const millis = parseQuantity(text, MILLIS_PER)
  if (millis === undefined) throw new InvalidArgumentError('Expected a time such as 90s, 30m, 12h, 7d or 2w.')
  return millis
}

/**
 * Reads a size.
 *
 * @param text - What stands on the command line: a number and its unit, such as `500MB` or `2GiB`.
 * @returns Whole bytes, above 0.
 * @throws {InvalidArgumentError} If it is none.
 */
export function parseBytes(text: string): number {
  const bytes = parseQuantity(text, BYTES_PER)
  if (bytes === undefined) throw new InvalidArgumentError('Expected a size such as 500MB, 2GB or 1GiB.')
  return bytes
}

// The unit must be there: nobody can see whether `500` would be bytes or megabytes.
function parseQuantity(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?) ?([a-z]+)$/i.exec(text) ?? []
  const factor = Object.hasOwn(units, unit.toLowerCase()) ? units[unit.toLowerCase()] : undefined
  const quantity = Math.round(Number(number) * (factor ?? Number.NaN))
  return Number.isSafeInteger(quantity) && quantity > 0 ? quantity : undefined
}
