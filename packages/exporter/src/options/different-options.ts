import { isDeepStrictEqual } from 'node:util'
import type { ExporterOptions } from './exporter-options.js'

/**
 * Which options a second call wants otherwise than a first one did.
 *
 * @param first - The options that are in force.
 * @param second - The options of the later call; what it leaves out it has no wish about.
 * @returns Their names: values may be secrets.
 */
export function differentOptions(first: ExporterOptions, second: ExporterOptions): readonly string[] {
  const inForce = new Map<string, unknown>(Object.entries(first))
  return Object.entries(second)
    .filter(([option, wanted]) => wanted !== undefined && !isSame(inForce.get(option), wanted))
    .map(([option]) => option)
}

// By content, but for functions; of `Headers` the content is all that can be compared.
function isSame(first: unknown, second: unknown): boolean {
  return isDeepStrictEqual(plain(first), plain(second))
}

function plain(value: unknown): unknown {
  return value instanceof Headers ? [...value] : value
}
