import { install } from './install.js'
import { optionsFromEnvironment } from './options/options-from-environment.js'
import type { RegisterOptions } from './options/register-options.js'

/**
 * Traces the calls of LLM clients in this process, as `node --import @axion/register` does; call it before the clients are imported, for instance
 * in `instrumentation.ts`. Options take the place of the environment's, up to the first span of the process.
 *
 * @param options - What to trace, and where to send it.
 */
export function register(options: RegisterOptions = {}): void {
  const environment = optionsFromEnvironment()
  const { instrumentations, disabledInstrumentations, ...tracing } = options
  const isOn = tracing.mode === undefined ? environment.isOn : tracing.mode !== 'noop' && !environment.isDisabled
  install({
    ...environment,
    isOn,
    only: instrumentations ?? environment.only,
    except: disabledInstrumentations ?? environment.except,
    tracing,
  })
}
