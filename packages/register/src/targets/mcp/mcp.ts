import { createRequire } from 'node:module'
import { type Intercept, prototypeOf, wrapMethod } from '../../calls/wrap-method.js'
import type { Target } from '../target.js'

type Calls = typeof import('./mcp-calls.js')

const load = createRequire(import.meta.url)
const intercept = (name: keyof Calls): (() => Intercept) => {
  return () => (load('./mcp-calls.js') as Calls)[name]
}

/**
 * The Model Context Protocol's SDK, 1. A call of a tool is an observation where it is asked for and where it is answered, and what the client's span is
 * called travels with the request, so that both are in one trace.
 */
export const target: Target = {
  patch(exports) {
    const protocol = prototypeOf(exports, 'Protocol')
    const wrapped = [
      wrapMethod(prototypeOf(exports, 'Client'), 'callTool', intercept('callTool')),
      wrapMethod(protocol, 'request', intercept('request')),
      wrapMethod(protocol, 'setRequestHandler', intercept('setRequestHandler')),
    ]
    return wrapped.includes(true)
  },
  instrument(client) {
    // Handlers of a server were set by its constructor, before this.
    if (!('callTool' in client) || !('request' in client) || !('setRequestHandler' in client)) return false
    wrapMethod(client, 'request', intercept('request'))
    return wrapMethod(client, 'callTool', intercept('callTool'))
  },
}
