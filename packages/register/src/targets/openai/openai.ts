import { createRequire } from 'node:module'
import { type Intercept, prototypeOf, wrapMethod } from '../../calls/wrap-method.js'
import type { Target } from '../target.js'

type Calls = typeof import('./openai-calls.js')

const load = createRequire(import.meta.url)
const intercept = (operation: keyof Calls): (() => Intercept) => {
  return () => (load('./openai-calls.js') as Calls)[operation]
}

/**
 * OpenAI's client, 4 to 7: the methods through which everything goes that it generates and embeds. `parse`, `stream` and `runTools` of all majors
 * call them, as do Azure's client and those of other vendors that are built on it.
 */
export const target: Target = {
  patch(exports, file) {
    if (file.startsWith('resources/chat/')) return wrap(prototypeOf(exports, 'Completions'), 'chatCompletion')
    if (file.startsWith('resources/completions')) return wrap(prototypeOf(exports, 'Completions'), 'textCompletion')
    if (file.startsWith('resources/embeddings')) return wrap(prototypeOf(exports, 'Embeddings'), 'embedding')
    return wrap(prototypeOf(exports, 'Responses'), 'response')
  },
  instrument(client) {
    const { chat, completions, responses, embeddings, beta } = client as {
      chat?: { completions?: unknown }
      completions?: unknown
      responses?: unknown
      embeddings?: unknown
      beta?: { responses?: unknown }
    }
    if (!isResource(chat?.completions) || !isResource(embeddings)) return false
    wrap(chat?.completions, 'chatCompletion')
    wrap(completions, 'textCompletion')
    wrap(responses, 'response')
    wrap(beta?.responses, 'response')
    wrap(embeddings, 'embedding')
    return true
  },
  wrap(module) {
    const { OpenAI } = module
    if (typeof OpenAI !== 'function') return false
    // The classes stand on the client's class, in all majors.
    const { Chat, Beta, ...classes } = { ...OpenAI } as Record<string, unknown> & { Chat?: object; Beta?: object }
    wrap(prototypeOf(classes, 'Completions'), 'textCompletion')
    wrap(prototypeOf(classes, 'Responses'), 'response')
    wrap(prototypeOf({ ...Beta }, 'Responses'), 'response')
    wrap(prototypeOf(classes, 'Embeddings'), 'embedding')
    return wrap(prototypeOf({ ...Chat }, 'Completions'), 'chatCompletion')
  },
}

function wrap(resource: unknown, operation: keyof Calls): boolean {
  return wrapMethod(resource, 'create', intercept(operation))
}

function isResource(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'create' in value
}
