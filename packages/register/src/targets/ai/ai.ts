import { createRequire } from 'node:module'
import { type Intercept, wrapMethod } from '../../calls/wrap-method.js'
import type { Target } from '../target.js'
import { offerIntegration } from './offer-integration.js'

type Calls = typeof import('./enable-telemetry.js')
type Completions = typeof import('./complete-span.js')
type AnyFunction = (...args: unknown[]) => unknown

const load = createRequire(import.meta.url)
const complete = (name: keyof Completions): (() => Intercept) => {
  return () => (load('./complete-span.js') as Completions)[name]
}

/** Take the options of one call, and make spans if `experimental_telemetry` in them says so. */
const CALLS = ['generateText', 'streamText', 'generateObject', 'streamObject', 'embed', 'embedMany', 'rerank']
/** Give the model for a call. */
const RESOLVERS = ['resolveLanguageModel', 'resolveEmbeddingModel']

const REPLACED = Symbol.for('axion.register.wrapped')

/**
 * Vercel's AI SDK. Version 7 tells integrations of its calls. Versions 5 and 6 make spans themselves, with most of what Langfuse reads, but only for
 * calls whose options say so: these functions are replaced by ones that add it, inside the module, so that agents of the SDK use them too. What
 * the spans lack is added where the SDK asks a model.
 */
export const target: Target = {
  patch(exports, _file, bindings) {
    if (typeof exports.registerTelemetry === 'function') return offerIntegration()
    for (const name of RESOLVERS) replace(name, bindings, (resolve) => watchModel(resolve))
    return CALLS.map((name) => replace(name, bindings, (call) => enableTelemetry(call))).includes(true)
  },
  wrap: ({ registerTelemetry, generateText }) =>
    typeof registerTelemetry === 'function' && typeof generateText === 'function' && offerIntegration(),
}

function replace(
  name: string,
  bindings: Record<string, unknown> | undefined,
  wrap: (original: AnyFunction) => AnyFunction,
): boolean {
  const original = bindings?.[name]
  if (!bindings || typeof original !== 'function') return false
  if (REPLACED in original) return true
  const replacement = wrap((...args) => Reflect.apply(original, undefined, args))
  // A function's own properties, name and length, stay what they were.
  Object.defineProperties(replacement, Object.getOwnPropertyDescriptors(original))
  Object.defineProperty(replacement, REPLACED, { value: true })
  bindings[name] = replacement
  return true
}

function enableTelemetry(call: AnyFunction): AnyFunction {
  return (...args) => {
    let enabled: readonly unknown[]
    try {
      enabled = (load('./enable-telemetry.js') as Calls).enableTelemetry(args)
    } catch {
      enabled = args
    }
    return call(...enabled)
  }
}

function watchModel(resolve: AnyFunction): AnyFunction {
  return (...args) => {
    const model = resolve(...args)
    try {
      wrapMethod(model, 'doGenerate', complete('generate'))
      wrapMethod(model, 'doStream', complete('stream'))
      wrapMethod(model, 'doEmbed', complete('embed'))
    } catch {
      // A frozen model: its spans have what the SDK writes.
    }
    return model
  }
}
