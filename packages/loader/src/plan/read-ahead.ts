import { setMaxListeners } from 'node:events'

/**
 * Reads one item ahead of the reader: while it works with an item, the next one is on its way.
 *
 * @param read - Begins the sequence. Its signal fires when the reader has left, or the caller wants no more.
 * @param outer - The caller's signal.
 * @yields The items. What goes wrong reaches the reader behind the items before it.
 */
export async function* readAhead<Item>(
  read: (signal: AbortSignal) => AsyncGenerator<Item>,
  outer?: AbortSignal,
): AsyncGenerator<Item> {
  const inner = new AbortController()
  // Several requests listen at once; Node would warn of a leak from the eleventh listener on.
  setMaxListeners(0, inner.signal)
  const onOuterAbort = (): void => inner.abort(outer?.reason)
  if (outer?.aborted) onOuterAbort()
  outer?.addEventListener('abort', onOuterAbort, { once: true })
  const items = read(inner.signal)
  let next = items.next()
  try {
    for (let result = await next; result.done !== true; result = await next) {
      next = items.next()
      // Awaited later: until then a rejection must not count as unhandled.
      next.catch(() => {})
      yield result.value
    }
  } finally {
    outer?.removeEventListener('abort', onOuterAbort)
    inner.abort()
    // What was started ends before this does: nothing runs on behind the reader's back.
    await next.catch(() => {})
    await items.return(undefined)
  }
}
