import { type Context, createContext, Script } from 'node:vm'
import { isRecord } from '../is-record.js'

/** Says of texts whether they fit. */
export interface TextPattern {
  /**
   * Whether a text fits.
   *
   * @param text The text.
   * @returns True when it does.
   */
  test(text: string): boolean
}

/**
 * How long one text may take, in milliseconds. A harmless pattern needs a hundred-thousandth of it; the rest is for a machine so busy that
 * the server does not get its turn, for what is given up stays so.
 */
const TIMEOUT_MILLIS = 1000

/** Texts remembered at once: names come again and again, and hostile input must not fill the memory. */
const MAX_REMEMBERED = 1000

/**
 * Makes patterns from outside safe to try on texts from outside. Some take time that grows exponentially with the text, such as `(a+)+$`,
 * and would stop the server, so each match has a time limit; a pattern that exceeds it is given up, and fits nothing from then on.
 *
 * @returns What makes a pattern safe.
 */
export function createPatternTimer(): (pattern: RegExp) => TextPattern {
  // Node interrupts a match only inside a context with a time limit. One serves all: making one takes longer than most matches.
  const sandbox: Sandbox = { pattern: /^/, text: '', fits: false }
  const context = createContext(sandbox)
  return (pattern) => {
    const remembered = new Map<string, boolean>()
    let isGivenUp = false
    return {
      test: (text) => {
        if (isGivenUp) return false
        const known = remembered.get(text)
        if (known !== undefined) return known
        if (remembered.size >= MAX_REMEMBERED) remembered.clear()
        Object.assign(sandbox, { pattern, text, fits: false })
        isGivenUp = !isTestedInTime(context)
        remembered.set(text, sandbox.fits)
        return sandbox.fits
      },
    }
  }
}

interface Sandbox {
  pattern: RegExp
  text: string
  fits: boolean
}

const TEST = new Script('fits = pattern.test(text)')

function isTestedInTime(context: Context): boolean {
  try {
    TEST.runInContext(context, { timeout: TIMEOUT_MILLIS })
    return true
  } catch (error) {
    // Thrown by Node from outside any realm, so that it need not be an instance of this one's Error.
    if (isRecord(error) && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return false
    throw error
  }
}
