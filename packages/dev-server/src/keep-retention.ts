import type { ResolvedDevServerOptions } from './options/dev-server-options.js'
import type { Store } from './store/store.js'

/** How often the limits are looked at, in milliseconds. */
const INTERVAL_MILLIS = 60_000

/**
 * Keeps a store within its limits, from now on and once a minute.
 *
 * @param store The store.
 * @param retention How old and how large what it has may become.
 * @param clock What time it is.
 * @returns Ends it.
 */
export function keepRetention(
  store: Store,
  { maxAgeMillis, maxBytes }: ResolvedDevServerOptions['retention'],
  clock: () => number,
): () => void {
  if (maxAgeMillis === undefined && maxBytes === undefined) return () => {}
  const prune = (): void => {
    const olderThanMillis = maxAgeMillis === undefined ? undefined : clock() - maxAgeMillis
    store.prune({ olderThanMillis, maxBytes })
  }
  prune()
  const timer = setInterval(() => {
    try {
      prune()
    } catch {
      // A disk that is full for a while must not end the server: the next minute is another try.
    }
  }, INTERVAL_MILLIS)
  timer.unref()
  return () => clearInterval(timer)
}
