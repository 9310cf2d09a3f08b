import { createContext, Script } from 'node:vm'
import { LoaderError } from '../loader-error.js'

/**
 * Matches a pattern, but no longer than allowed. Some patterns take time that grows exponentially with the text, such as `(a+)+$`; the
 * text comes from prompts, so whoever writes to a chat could stop the program. Node interrupts a match only inside a context that has
 * a time limit.
 *
 * @param pattern - The pattern.
 * @param text - Where to look.
 * @param timeoutMillis - The limit.
 * @param name - What the pattern is called, for the message.
 * @returns What it found.
 * @throws {LoaderError} `slow_pattern` if it took too long.
 */
export function matchInTime(
  pattern: RegExp,
  text: string,
  timeoutMillis: number,
  name: string,
): RegExpExecArray | null {
  // A copy begins at the start: `lastIndex` of a caller's pattern with the g or y flag may be anywhere.
  const sandbox: { pattern: RegExp; text: string; found: RegExpExecArray | null } = {
    pattern: new RegExp(pattern),
    text,
    found: null,
  }
  try {
    MATCH.runInContext(createContext(sandbox), { timeout: timeoutMillis })
  } catch (cause) {
    if (!isTimeout(cause)) throw cause
    const message = `Cannot extract ${name}: its pattern took more than ${timeoutMillis} ms: avoid repetitions inside repetitions, such as (a+)+`
    throw new LoaderError('slow_pattern', message, { path: name })
  }
  return sandbox.found
}

// Thrown by Node from outside any realm, so that it need not be an instance of this one's Error.
function isTimeout(cause: unknown): boolean {
  return typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
}

const MATCH: Script = new Script('found = pattern.exec(text)')
