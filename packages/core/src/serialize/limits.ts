/** How much of a value is written. What is left out is marked in its place. */
export interface SerializeLimits {
  /** Bytes of UTF-8 for one value. @default 1048576 (1 MiB) */
  readonly maxBytes: number
  /** Levels of nesting. @default 32 */
  readonly maxDepth: number
  /** Items of one array or set, keys of one object or map. @default 10000 */
  readonly maxItems: number
}

/** The limits that hold unless a tracer's options say otherwise. */
export const DEFAULT_LIMITS: SerializeLimits = { maxBytes: 1024 * 1024, maxDepth: 32, maxItems: 10_000 }
