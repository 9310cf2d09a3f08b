import { createRequire } from 'node:module'
import { type Intercept, prototypeOf, wrapMethod } from '../../calls/wrap-method.js'
import type { ModuleExports, Target } from '../target.js'

type Calls = typeof import('./mcp-calls.js')

const load = createRequire(import.meta.url)
const intercept = (name: keyof Calls): (() => Intercept) => {
  return () => (load('./mcp-calls.js') as Calls)[name]
}

/**
 * The Model Context Protocol's SDK: version 1, and the packages for clients and servers that are its version 2. A call of a tool is an observation where it
 * is asked for and where it is answered, and what the client's span is called travels with the request, so that both are in one trace.
 */
export const target: Target = {
  patch: wrapClasses,
  instrument(client) {
    // Handlers of a server were set by its constructor, before this.
    if (!('callTool' in client) || !('request' in client) || !('setRequestHandler' in client)) return false
    wrapMethod(client, 'request', intercept('request'))
    return wrapMethod(client, 'callTool', intercept('callTool'))
  },
  wrap: wrapClasses,
}

function wrapClasses(exports: ModuleExports): boolean {
  const client = prototypeOf(exports, 'Client')
  const protocol = protocolOf(exports, client ?? prototypeOf(exports, 'Server'))
  // Other libraries have a class of the name as well, and some of those make requests.
  if (!wrapMethod(protocol, 'setRequestHandler', intercept('setRequestHandler'))) return false
  wrapMethod(protocol, 'request', intercept('request'))
  wrapMethod(client, 'callTool', intercept('callTool'))
  return true
}

/** What clients and servers have in common. Version 1 has it in a file of its own, version 2 does not export it everywhere. */
function protocolOf(exports: ModuleExports, end: unknown): unknown {
  return typeof end === 'object' && end !== null ? Object.getPrototypeOf(end) : prototypeOf(exports, 'Protocol')
}
