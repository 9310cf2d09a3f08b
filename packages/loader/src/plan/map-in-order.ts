import { setMaxListeners } from 'node:events'

/**
 * Maps a sequence with several items under way at once, and yields the results in the order of the items.
 *
 * @param items - What to map; pulled only as far ahead as `parallel` allows.
 * @param parallel - Most items under way.
 * @param map - Maps one item. Its signal fires when the result is not wanted any more: a failure elsewhere, or a reader that left.
 * @param outer - The caller's signal.
 * @yields The results.
 */
export async function* mapInOrder<Item, Result>(
  items: AsyncIterable<Item> | Iterable<Item>,
  parallel: number,
  map: (item: Item, signal: AbortSignal) => Promise<Result>,
  outer?: AbortSignal,
): AsyncGenerator<Result> {
  const inner = new AbortController()
  // Each item may listen several times; Node would warn of a leak from the eleventh listener on.
  setMaxListeners(0, inner.signal)
  const onOuterAbort = (): void => inner.abort(outer?.reason)
  if (outer?.aborted) onOuterAbort()
  outer?.addEventListener('abort', onOuterAbort, { once: true })
  const underWay: Promise<Result>[] = []
  let failed = false
  try {
    for await (const item of items) {
      const result = map(item, inner.signal)
      // Its turn to be awaited comes later: until then a rejection must not count as unhandled, but nothing new is started.
      result.catch(() => {
        failed = true
      })
      underWay.push(result)
      if (failed) break
      const oldest = underWay.length >= parallel ? underWay.shift() : undefined
      if (oldest !== undefined) yield await oldest
    }
    for (let oldest = underWay.shift(); oldest !== undefined; oldest = underWay.shift()) yield await oldest
  } finally {
    outer?.removeEventListener('abort', onOuterAbort)
    inner.abort()
    // What was started ends before this does: nothing runs on behind the caller's back.
    await Promise.allSettled(underWay)
  }
}
