import { createRequire } from 'node:module'
import type { ModuleExports, Target } from '../target.js'
import { offerIntegration } from './offer-integration.js'

type Calls = typeof import('./enable-telemetry.js')
type AnyFunction = (...args: unknown[]) => unknown

const load = createRequire(import.meta.url)

/** Takes the options of one call, and makes spans if `experimental_telemetry` in them says so. */
const CALLS = ['generateText', 'streamText', 'generateObject', 'streamObject', 'embed', 'embedMany', 'rerank']

const ENABLED = Symbol.for('axion.register.wrapped')

/**
 * Vercel's AI SDK. Version 7 tells integrations of its calls. Versions 5 and 6 make spans themselves, with all that Langfuse reads, but only for calls
 * whose options say so: these functions are replaced by ones that add it, inside the module, so that agents of the SDK use them too.
 */
export const target: Target = {
  patch(exports, _file, bindings) {
    if (typeof exports.registerTelemetry === 'function') return offerIntegration()
    const enabled = CALLS.map((name) => enable(name, bindings))
    return enabled.includes(true)
  },
  wrap: (module) => isTelling(module) && offerIntegration(),
}

function isTelling(module: ModuleExports): boolean {
  return typeof module.registerTelemetry === 'function' && typeof module.generateText === 'function'
}

function enable(name: string, bindings: Record<string, unknown> | undefined): boolean {
  const call = bindings?.[name]
  if (!bindings || typeof call !== 'function') return false
  if (ENABLED in call) return true
  const enabled: AnyFunction = function (this: unknown, ...args) {
    return Reflect.apply(call, this, withTelemetry(args))
  }
  Object.defineProperties(enabled, Object.getOwnPropertyDescriptors(call))
  Object.defineProperty(enabled, ENABLED, { value: true })
  bindings[name] = enabled
  return bindings[name] === enabled
}

function withTelemetry(args: readonly unknown[]): readonly unknown[] {
  try {
    return (load('./enable-telemetry.js') as Calls).enableTelemetry(args)
  } catch {
    return args
  }
}
