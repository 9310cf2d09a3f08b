/** Something that an abort ends, if nothing else has before. */
export interface Abortable {
  /** Whether it has ended. */
  isOver(): boolean
  /** Ends it. Called at most once. */
  abort(): void
}

const waiting = new WeakMap<AbortSignal, Set<Abortable>>()

/**
 * Waits for a signal. However many wait for one, it has a single listener of ours: applications use one signal for many calls, and Node warns of
 * signals with many listeners.
 *
 * @param signal - What an application gave to a library: anything.
 * @param abortable - What it ends. Forgotten when it is over.
 */
export function onAbort(signal: unknown, abortable: Abortable): void {
  if (!(signal instanceof AbortSignal)) return
  const all = waiting.get(signal) ?? listen(signal)
  for (const other of all) if (other.isOver()) all.delete(other)
  all.add(abortable)
}

function listen(signal: AbortSignal): Set<Abortable> {
  const all = new Set<Abortable>()
  waiting.set(signal, all)
  const abort = (): void => {
    for (const abortable of all) if (!abortable.isOver()) abortable.abort()
    all.clear()
  }
  signal.addEventListener('abort', abort, { once: true })
  return all
}
