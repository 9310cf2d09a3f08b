import { showText } from '../options/show-text.js'
import type { Reporter } from '../report.js'
import { environmentInLangfuse } from '../stamp/environment-in-langfuse.js'

/**
 * Says that Langfuse will show another environment than the one that was set: who filters by that one finds nothing.
 *
 * @param environment - What was set, if anything was.
 * @param reporter - The door.
 */
export function reportEnvironment(environment: string | undefined, reporter: Reporter): void {
  if (environment === undefined) return
  const shown = environmentInLangfuse(environment)
  // Everybody knows that case may not matter.
  if (shown === environment.toLowerCase()) return
  const message =
    `Langfuse will show the environment ${showText(environment)} as "${shown}": expected at most 40 of a-z, 0-9, - and _, ` +
    'not beginning with langfuse. Change the environment option, or LANGFUSE_TRACING_ENVIRONMENT.'
  reporter.once({ level: 'warn', code: 'environment_changed', message })
}
