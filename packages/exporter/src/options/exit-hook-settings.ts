import { OptionGroup } from './option-group.js'

/** A signal that asks a process to end. */
export type ExitSignal = 'SIGTERM' | 'SIGINT' | 'SIGHUP'

/** What happens to spans that are held when the process ends. */
export interface ExitHookSettings {
  /** The signals at which spans are sent before the process ends by the signal. @default all three */
  readonly signals?: readonly ExitSignal[] | undefined
  /** How long the end of the process may wait for the server, in milliseconds. @default 5000 */
  readonly deadlineMillis?: number | undefined
}

/** Settings after argument and default were consulted. */
export interface ResolvedExitHookSettings {
  readonly signals: readonly ExitSignal[]
  readonly deadlineMillis: number
}

const EXIT_SIGNALS: readonly ExitSignal[] = ['SIGTERM', 'SIGINT', 'SIGHUP']

const DEADLINE = { least: 1, most: 10 * 60_000, integer: false }

/**
 * Settles the exit hooks.
 *
 * @param given - The argument; `false` wants none.
 * @returns Undefined when there are to be none.
 * @throws {ExporterError} `invalid_options` if the argument cannot be used.
 */
export function resolveExitHooks(given: unknown): ResolvedExitHookSettings | undefined {
  if (given === false) return undefined
  const group = new OptionGroup('exitHooks', given ?? {}, ['signals', 'deadlineMillis'])
  return {
    signals: group.choices('signals', EXIT_SIGNALS) ?? EXIT_SIGNALS,
    deadlineMillis: group.number('deadlineMillis', DEADLINE) ?? 5_000,
  }
}
