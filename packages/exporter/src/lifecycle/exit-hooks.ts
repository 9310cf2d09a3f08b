import type { Drainable } from './drainable.js'
import { ExitListeners } from './exit-listeners.js'

/** How the end of the process is watched for. */
export interface ExitHooks {
  /** Signals that end the process; Windows has some of them, worker threads none. */
  readonly signals: readonly NodeJS.Signals[]
  /** How long the process may be held, in milliseconds. Of several pipelines, the longest counts for all. */
  readonly deadlineMillis: number
}

/**
 * Sees to it that what a pipeline holds is sent when the process ends, and that the process ends as it would have: same exit code, same
 * signal, same output.
 *
 * - The event loop runs empty: it is sent, and the process ends when it was.
 * - A signal, and nobody else listens: it is sent, and the process ends by that signal; at once when a second one comes.
 * - A signal, and somebody listens: it is sent while they do what they do. Theirs to end the process, or not.
 * - `process.exit()`, an exception nobody caught, a rejection nobody handled: goes to the spool, else it is sent while the process waits.
 *
 * All pipelines of the process, also of several copies of this package, share one set of listeners; it is gone with the last of them.
 *
 * @param drainable - The pipeline.
 * @param hooks - Which signals, and how long.
 * @returns Lets the process end without the pipeline: it is shut down.
 */
export function installExitHooks(drainable: Drainable, hooks: ExitHooks): () => void {
  const { watched, listeners } = exitSlot()
  watched.set(drainable, hooks)
  listeners.update()
  return () => {
    watched.delete(drainable)
    listeners.update()
  }
}

interface ExitSlot {
  readonly watched: Map<Drainable, ExitHooks>
  readonly listeners: ExitListeners
}

const SLOT = Symbol.for('axion.exit-hooks')

// Two copies of the package with a set of listeners each would take each other for the application, and leave the end to it.
function exitSlot(): ExitSlot {
  // `globalThis` has no index signature for symbols.
  const holder = globalThis as { [SLOT]?: ExitSlot }
  if (!holder[SLOT]) {
    const watched = new Map<Drainable, ExitHooks>()
    holder[SLOT] = { watched, listeners: new ExitListeners(watched) }
  }
  return holder[SLOT]
}
