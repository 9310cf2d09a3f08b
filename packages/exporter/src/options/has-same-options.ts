import type { ExporterOptions } from './exporter-options.js'

/**
 * Whether a second call asks for what a first one did.
 *
 * @param first - The options that are in force.
 * @param second - The options of the later call; what it leaves out it has no wish about.
 */
export function hasSameOptions(first: ExporterOptions, second: ExporterOptions): boolean {
  const given = Object.entries(first)
  return Object.entries(second).every(([option, wanted]) => {
    const [, inForce] = given.find(([name]) => name === option) ?? []
    return wanted === undefined || isSame(inForce, wanted)
  })
}

// Tags and headers are compared by content, functions by identity.
function isSame(first: unknown, second: unknown): boolean {
  if (first === second) return true
  return typeof first === 'object' && typeof second === 'object' && JSON.stringify(first) === JSON.stringify(second)
}
