import { createRequire } from 'node:module'
import { type Intercept, prototypeOf, wrapMethod } from '../../calls/wrap-method.js'
import type { Target } from '../target.js'

type Calls = typeof import('./google-genai-calls.js')

const load = createRequire(import.meta.url)
const intercept = (operation: keyof Calls): (() => Intercept) => {
  return () => (load('./google-genai-calls.js') as Calls)[operation]
}

/**
 * Google's client, 1 to 3. What it offers (`generateContent`, chats, automatic function calling) comes down to three methods that make one request
 * each; its public methods are made anew for each client, and may make several.
 */
export const target: Target = {
  patch: (exports) => wrap(prototypeOf(exports, 'Models')),
  instrument: (client) => wrap((client as { models?: unknown }).models),
  wrap: (module) => wrap(prototypeOf(module, 'Models')),
}

function wrap(models: unknown): boolean {
  const wrapped = [
    wrapMethod(models, 'generateContentInternal', intercept('generateContent')),
    wrapMethod(models, 'generateContentStreamInternal', intercept('generateContentStream')),
    wrapMethod(models, 'embedContentInternal', intercept('embedContent')),
  ]
  return wrapped.includes(true)
}
