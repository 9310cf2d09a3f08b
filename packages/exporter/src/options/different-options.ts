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

// Tags and headers are compared by content, functions by identity.
function isSame(first: unknown, second: unknown): boolean {
  if (first === second) return true
  return typeof first === 'object' && typeof second === 'object' && JSON.stringify(first) === JSON.stringify(second)
}
