import { log } from './log.js'

/**
 * Runs what may throw for reasons that must not reach the traced code: getters and Proxies of values, hooks and processors of the application.
 *
 * @param run - What to run.
 * @param what - What cannot be done if it throws, for the report through `diag`; nothing is reported without it.
 * @returns What `run` returns; `undefined` if it threw.
 */
export function attempt<T>(run: () => T, what?: string): T | undefined {
  try {
    return run()
  } catch (error) {
    if (what) log.error(`Cannot ${what}`, error)
    return undefined
  }
}
