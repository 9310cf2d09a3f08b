import { callInSpan, type TraceOptions } from './call-in-span.js'
import { getCurrentTracer } from './current-tracer.js'
import { parametersOf } from './parameters-of.js'
import type { Tracer } from './tracer.js'

/**
 * Wraps a function so that every call is a span.
 *
 * @param fn - Any function: sync, async, generator, async generator.
 * @param options - Name, type, what to capture; or the name alone.
 * @returns A function that behaves as `fn` does, with its name, its `length` and its `this`.
 */
export function traced<F extends (...args: never[]) => unknown>(fn: F, options: TraceOptions | string = {}): F {
  const resolved = typeof options === 'string' ? { name: options } : options
  const name = resolved.name || fn.name || 'anonymous'
  // The parameters and result of `fn` are passed through unseen, so its type is the wrapper's.
  const call = fn as unknown as (...args: unknown[]) => unknown
  const parameters = once(() => parametersOf(fn))
  const wrapper = function (this: unknown, ...args: unknown[]): unknown {
    const tracer = resolved.tracer ?? tracerOf(this) ?? getCurrentTracer()
    return callInSpan(tracer, name, resolved, { fn: call, parameters, self: this, args })
  }
  Object.defineProperties(wrapper, ownPropertiesOf(fn))
  return wrapper as unknown as F
}

/** Reading a source costs more than a span, and it does not change. */
function once<T>(read: () => T): () => T {
  let known: { readonly value: T } | undefined
  return () => {
    known ??= { value: read() }
    return known.value
  }
}

/** Name, `length`, and whatever else hangs on a function; but what the engine gives to each function of its kind. */
function ownPropertiesOf(fn: object): PropertyDescriptorMap {
  const {
    prototype: _,
    arguments: __,
    caller: ___,
    ...own
  } = Object.getOwnPropertyDescriptors(fn) as PropertyDescriptorMap
  return own
}

/** The `tracer` of the instance that a method is called on. */
function tracerOf(self: unknown): Tracer | undefined {
  try {
    const tracer = (self as { tracer?: unknown } | null | undefined)?.tracer
    return isTracer(tracer) ? tracer : undefined
  } catch {
    // A getter of the user's that throws is no tracer.
    return undefined
  }
}

/** By shape, because the instance may hold a tracer of another copy of this package. OpenTelemetry's own tracers have no `asyncSpan`. */
function isTracer(value: unknown): value is Tracer {
  return typeof value === 'object' && value !== null && 'asyncSpan' in value && 'startSpan' in value
}
