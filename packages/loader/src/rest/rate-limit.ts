import type { LoaderPorts } from './ports.js'

const WINDOW_MILLIS = 60_000

/** Hands out permissions to send, at most so many in any sixty seconds. */
export interface RateLimit {
  /** Resolves when a request may be sent. @throws The signal's reason if it fires first. */
  readonly take: (requestsPerMinute: number, signal: AbortSignal | undefined) => Promise<void>
}

/**
 * Finds the bucket of one server and key. Langfuse counts by key, so all loaders of one key in the process share it.
 *
 * @param key - Server and public key.
 * @param ports - The clock and timer of the first who asks.
 * @returns The bucket.
 */
export function sharedRateLimit(key: string, ports: LoaderPorts): RateLimit {
  const buckets = processBuckets()
  const known = buckets.get(key)
  if (known !== undefined) return known
  const bucket = createRateLimit(ports)
  buckets.set(key, bucket)
  return bucket
}

/**
 * Makes a token bucket in which every token comes back exactly a minute after it was taken.
 *
 * A bucket that refills evenly would let through a full burst and then a minute's worth more within the same minute, twice what
 * Langfuse's fixed windows allow; this one never does, and still lets the first burst go at full speed.
 *
 * @param ports - Clock and timer.
 * @returns The bucket.
 */
export function createRateLimit(ports: LoaderPorts): RateLimit {
  // When each token was taken, oldest first; never longer than the largest limit that was asked for.
  const taken: number[] = []
  return {
    take: async (requestsPerMinute, signal) => {
      if (requestsPerMinute === Number.POSITIVE_INFINITY) return
      for (;;) {
        const now = ports.monotonic()
        while (taken[0] !== undefined && now - taken[0] >= WINDOW_MILLIS) taken.shift()
        if (taken.length < requestsPerMinute) break
        // Loaders with different limits may share the bucket: wait for the token that brings the count below this one's limit.
        const freeing = taken[taken.length - requestsPerMinute] ?? now
        await ports.sleep(freeing + WINDOW_MILLIS - now, signal)
      }
      taken.push(ports.monotonic())
    },
  }
}

// Process-wide, because two copies of this package (two versions, ESM and require) still share the server's limit.
const SLOT = Symbol.for('axion.loader.rate-limits')

function processBuckets(): Map<string, RateLimit> {
  // The slot is ours by its name; TypeScript cannot know globals that are made at run time.
  const globals = globalThis as { [SLOT]?: Map<string, RateLimit> }
  globals[SLOT] ??= new Map()
  return globals[SLOT]
}
