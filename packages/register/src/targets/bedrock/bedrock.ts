import { createRequire } from 'node:module'
import { fieldsOf } from '../../calls/read-fields.js'
import { type Intercept, prototypeOf, wrapMethod } from '../../calls/wrap-method.js'
import type { Target } from '../target.js'

const load = createRequire(import.meta.url)
const intercept = (): Intercept => (load('./send-command.js') as typeof import('./send-command.js')).send

/** AWS Bedrock's runtime client: `send`, through which every command goes, also those of the client with a method for each. */
export const target: Target = {
  patch: (exports) => wrapMethod(prototypeOf(exports, 'BedrockRuntimeClient'), 'send', intercept),
  instrument(client) {
    const { config } = client as { config?: unknown }
    return fieldsOf(config).serviceId === 'Bedrock Runtime' && wrapMethod(client, 'send', intercept)
  },
  wrap: (module) => wrapMethod(prototypeOf(module, 'BedrockRuntimeClient'), 'send', intercept),
}
