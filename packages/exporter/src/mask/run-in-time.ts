import type { RuleFailed } from './compile-rules.js'
import type { TimeGuard } from './time-guard.js'

/** Work on fields that may be ended anywhere and begun again. */
export interface Interruptible {
  /** How far it has come; the same twice means that it stands still. */
  readonly progress: string
  /** How long the text is at which it stands, in characters. */
  readonly pendingLength: number
  /** @param failure - Why the field at which it stands is to be masked as a whole. */
  blame(failure: RuleFailed): void
  /** @param failure - Why every further field is. */
  stop(failure: RuleFailed): void
}

/** What built-in rules take, several times over: they are linear, and must not use up the time of the others. */
const CHARACTERS_PER_MILLI = 8192

/** After a field that took too long, the others of the call get less: whoever sends one such text sends more. */
const SHORTENED_TO = 0.1
/** After so many, the rest of the call is masked as a whole. With the defaults one call stands still for 1.5 seconds at most. */
const MAX_TIMEOUTS = 64

/**
 * Does work under one time limit, and again from where it was ended. The limit is a field's, so a field is only to blame if it had all
 * of one to itself: then nothing at all was done.
 *
 * @param guard - Ends the work.
 * @param run - What the work is done on.
 * @param work - Does what is not done yet.
 * @param fieldTimeoutMillis - How long a field may take.
 * @param onTimeout - Says which rule took too long.
 */
export function runInTime(
  guard: TimeGuard,
  run: Interruptible,
  work: () => void,
  fieldTimeoutMillis: number,
  onTimeout: () => RuleFailed,
): void {
  let limit = fieldTimeoutMillis
  let timeouts = 0
  let given = limit
  for (;;) {
    const before = run.progress
    if (guard.run(work, given) === 'done') return
    const due = limit + Math.ceil(run.pendingLength / CHARACTERS_PER_MILLI)
    if (run.progress === before && given >= due) {
      run.blame(onTimeout())
      limit = Math.max(1, Math.round(fieldTimeoutMillis * SHORTENED_TO))
      if (++timeouts === MAX_TIMEOUTS) run.stop(onTimeout())
      given = limit
    } else given = due
  }
}
