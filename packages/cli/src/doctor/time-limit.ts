/**
 * A signal for all that may take so long together.
 *
 * Not `AbortSignal.any` with `AbortSignal.timeout`: on Node 20 garbage collection takes a timeout that nothing but the combined signal refers to.
 *
 * @param millis - How long it may take.
 * @param stop - Ends it before.
 * @returns Fires with a `TimeoutError`, or with the reason of `stop`.
 */
export function timeLimit(millis: number, stop: AbortSignal | undefined): AbortSignal {
  const limit = new AbortController()
  setTimeout(() => limit.abort(new DOMException(`${millis} ms have passed`, 'TimeoutError')), millis).unref()
  if (stop?.aborted) limit.abort(stop.reason)
  else stop?.addEventListener('abort', () => limit.abort(stop.reason), { once: true })
  return limit.signal
}
