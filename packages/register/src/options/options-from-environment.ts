import { isTargetName, TARGET_NAMES } from '../targets/registry.js'
import { LOG_LEVELS, type ResolvedRegisterOptions } from './register-options.js'

/**
 * Reads the variables that concern the hooks; those that concern delivery are `@axion/exporter`'s and are read by it.
 *
 * @param environment - Where to look.
 * @returns What was found; never throws: what cannot be used is left out and described.
 */
export function optionsFromEnvironment(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): ResolvedRegisterOptions {
  const problems: string[] = []
  const read = (name: string): string => environment[name]?.trim() ?? ''
  const names = (variable: string): string[] | undefined => {
    const listed = read(variable)
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '')
    const unknown = listed.filter((name) => !isTargetName(name))
    if (unknown.length > 0) {
      // Long values are cut: enough to find them.
      const found = JSON.stringify(unknown.join(',').slice(0, 60))
      problems.push(`Ignored ${found} in ${variable}: expected names of ${TARGET_NAMES.join(', ')}`)
    }
    // A list of which nothing can be used is a mistake, not a wish for everything.
    return listed.length === 0 ? undefined : listed.filter(isTargetName)
  }
  const level = read('AXION_LOG_LEVEL').toLowerCase()
  const isDisabled = read('OTEL_SDK_DISABLED').toLowerCase() === 'true'
  return {
    isOn: !isDisabled && read('TRACING_MODE').toLowerCase() !== 'noop',
    isDisabled,
    only: names('AXION_INSTRUMENTATIONS'),
    except: names('AXION_DISABLED_INSTRUMENTATIONS') ?? [],
    logLevel: LOG_LEVELS.find((known) => known === level) ?? 'warn',
    tracing: {},
    problems,
  }
}
