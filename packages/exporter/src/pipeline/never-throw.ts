import { diag } from '@opentelemetry/api'

/**
 * Does something for the application in one of its own calls: what goes wrong there is not its business.
 *
 * @param act - What to do; the application's own functions may run in it.
 * @param otherwise - What holds when it throws.
 * @param failure - What to tell OpenTelemetry's log then.
 */
export function neverThrow<T>(act: () => T, otherwise: T, failure = 'a span could not be processed'): T {
  try {
    return act()
  } catch (error) {
    diag.error(`@axion/exporter: ${failure}`, error)
    return otherwise
  }
}
