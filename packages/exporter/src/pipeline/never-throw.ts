import { diag } from '@opentelemetry/api'

/**
 * Does something for the application in one of its own calls: what goes wrong there is not its business.
 *
 * @param act - What to do; the application's own functions may run in it.
 * @param otherwise - What holds when it throws.
 */
export function neverThrow<T>(act: () => T, otherwise: T): T {
  try {
    return act()
  } catch (error) {
    diag.error('@axion/exporter: a span could not be processed', error)
    return otherwise
  }
}
