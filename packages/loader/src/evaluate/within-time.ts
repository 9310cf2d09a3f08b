/**
 * Runs something that may take only so long.
 *
 * @param timeoutMillis - How long; `Infinity` for any time.
 * @param what - What it is, for the message.
 * @param outer - The caller's signal.
 * @param run - What to run. Its signal fires when the result is not wanted any more.
 * @returns What it returns.
 * @throws {Error} If it takes longer; the signal's reason if that fires; whatever `run` throws.
 */
export async function withinTime<Result>(
  timeoutMillis: number,
  what: string,
  outer: AbortSignal,
  run: (signal: AbortSignal) => Result | Promise<Result>,
): Promise<Result> {
  outer.throwIfAborted()
  const inner = new AbortController()
  const onOuterAbort = (): void => inner.abort(outer.reason)
  outer.addEventListener('abort', onOuterAbort, { once: true })
  const tooLong = (): void => inner.abort(new Error(`${what} took longer than ${timeoutMillis} ms`))
  const timer = Number.isFinite(timeoutMillis) ? setTimeout(tooLong, timeoutMillis) : undefined
  try {
    // What pays no heed to its signal goes on, but nobody waits for it.
    const stopped = new Promise<never>((_, reject) => {
      inner.signal.addEventListener('abort', () => reject(inner.signal.reason), { once: true })
    })
    return await Promise.race([run(inner.signal), stopped])
  } finally {
    clearTimeout(timer)
    outer.removeEventListener('abort', onOuterAbort)
  }
}
