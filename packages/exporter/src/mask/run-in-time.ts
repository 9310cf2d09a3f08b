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

/** After a field that took too long, or many that took long, the others of the call get less: whoever sends one such text sends more. */
const SHORTENED_TO = 0.1

/** In times of fields: what fields that take long may take together before the others get less. */
const PATIENCE = 10
/** What may be lost after that before the rest of the call is masked as a whole. */
const LAST_PATIENCE = 5

/**
 * Does work under one time limit, and again from where it was ended. The limit is a field's, so a field is only to blame if it had all
 * of one to itself: then nothing at all was done. With the default of 100 ms a field, short texts that are made to take long hold a call for
 * 1.5 seconds.
 *
 * @param guard - Ends the work.
 * @param run - What the work is done on.
 * @param work - Does what is not done yet.
 * @param fieldTimeoutMillis - How long a field may take.
 * @param onTimeout - Says which rule took too long.
 * @param now - The present in milliseconds, from any start; it must not go back.
 */
export function runInTime(
  guard: TimeGuard,
  run: Interruptible,
  work: () => void,
  fieldTimeoutMillis: number,
  onTimeout: () => RuleFailed,
  now: () => number = () => performance.now(),
): void {
  let limit = fieldTimeoutMillis
  let given = limit
  let isShortened = false
  // From the start, then from when the limit was shortened.
  let since = now()
  const shorten = (): void => {
    if (isShortened) return
    isShortened = true
    limit = Math.max(1, Math.round(fieldTimeoutMillis * SHORTENED_TO))
    since = now()
  }
  for (;;) {
    const before = run.progress
    if (guard.run(work, given) === 'done') return
    const due = limit + Math.ceil(run.pendingLength / CHARACTERS_PER_MILLI)
    const spent = now() - since
    if (run.progress === before && given >= due) {
      run.blame(onTimeout())
      if (isShortened && spent >= LAST_PATIENCE * fieldTimeoutMillis) run.stop(onTimeout())
      shorten()
      given = limit
    } else {
      if (spent >= PATIENCE * fieldTimeoutMillis) shorten()
      given = limit + Math.ceil(run.pendingLength / CHARACTERS_PER_MILLI)
    }
  }
}
