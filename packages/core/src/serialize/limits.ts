/** How much of a value is written. What is left out is marked in its place. */
export interface SerializeLimits {
  /** Bytes of UTF-8 for one value. @default 1048576 (1 MiB) */
  readonly maxBytes: number
  /** Levels of nesting, at most 1000: the writer recurses. @default 32 */
  readonly maxDepth: number
  /** Items of one array or set, keys of one object or map. @default 10000 */
  readonly maxItems: number
}

// The stack of the engines that are supported holds several thousand levels; half of it may be the application's.
const MAX_DEPTH = 1000

/**
 * Fills in the defaults.
 *
 * @param limits - The caller's; `undefined` members stand for the default.
 * @throws {RangeError} If a limit is no whole number from 0 on, or `maxDepth` is over 1000.
 */
export function resolveLimits(
  limits: { readonly [K in keyof SerializeLimits]?: number | undefined } = {},
): SerializeLimits {
  const { maxBytes = 1024 * 1024, maxDepth = 32, maxItems = 10_000 } = limits
  const resolved = { maxBytes, maxDepth, maxItems }
  for (const [name, value] of Object.entries(resolved)) {
    const max = name === 'maxDepth' ? MAX_DEPTH : Number.MAX_SAFE_INTEGER
    if (!Number.isInteger(value) || value < 0 || value > max)
      throw new RangeError(`Cannot limit ${name} to ${value}: expected a whole number from 0 to ${max}`)
  }
  return resolved
}

/** The limits that hold unless a tracer's options say otherwise. */
export const DEFAULT_LIMITS: SerializeLimits = resolveLimits()
