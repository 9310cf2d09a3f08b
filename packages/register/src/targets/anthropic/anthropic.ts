import { createRequire } from 'node:module'
import { type Intercept, prototypeOf, wrapMethod } from '../../calls/wrap-method.js'
import type { Target } from '../target.js'

const load = createRequire(import.meta.url)
const create = (): Intercept => (load('./message-operation.js') as typeof import('./message-operation.js')).message
const stream = (): Intercept =>
  (load('./stream-without-own-span.js') as typeof import('./stream-without-own-span.js')).streamWithoutOwnSpan
const streamOfThread = (): Intercept =>
  (load('../../stainless/taken-responses.js') as typeof import('../../stainless/taken-responses.js')).fromResponse

/**
 * Anthropic's client: `messages.create`, also the beta one, through which `stream`, `parse` and the tool runner go. Where the client has telemetry of its
 * own (from 0.134 on), its span of the request gives way to ours, which has the content without further settings, the time of the first
 * token and the cached tokens; its spans of agents and tools stay.
 */
export const target: Target = {
  patch: (exports, file) =>
    file.startsWith('core/')
      ? wrapMethod(exports.Stream, 'fromSSEResponse', streamOfThread)
      : wrap(prototypeOf(exports, 'Messages')),
  instrument(client) {
    const { messages, beta } = client as { messages?: unknown; beta?: { messages?: unknown } }
    // Other clients have messages as well, but not these.
    if (!isMessages(messages)) return false
    wrap(beta?.messages)
    return wrap(messages)
  },
  wrap(module) {
    const { Anthropic } = module
    if (typeof Anthropic !== 'function' || !('Messages' in Anthropic)) return false
    const { Beta } = Anthropic as { Beta?: { Messages?: unknown } }
    wrap(prototypeOf({ ...Beta }, 'Messages'))
    return wrap(prototypeOf({ ...Anthropic }, 'Messages'))
  },
}

function wrap(messages: unknown): boolean {
  wrapMethod(messages, 'stream', stream)
  return wrapMethod(messages, 'create', create)
}

function isMessages(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'create' in value && 'stream' in value && 'batches' in value
}
