import type { TraceOptions } from './call-in-span.js'
import { log } from './log.js'
import { traced } from './traced.js'

type Method = (...args: never[]) => unknown

/** A decorator for methods, under standard decorators and under TypeScript's `experimentalDecorators`. */
export interface TraceDecorator {
  <F extends Method>(method: F, context: ClassMethodDecoratorContext): F
  <F extends Method>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<F>,
  ): TypedPropertyDescriptor<F>
}

/**
 * Makes every call of a method a span: `@trace`, `@trace('name')` or `@trace({ captureArgs: true })`.
 *
 * Works on instance, static and private methods, sync, async and generators. The span goes to the instance's `tracer`, else to the current
 * one. Arguments and results are captured only if asked for. Only methods can be traced: anything else is left alone, with an error
 * through OpenTelemetry's `diag`.
 */
export function trace<F extends Method>(method: F, context: ClassMethodDecoratorContext): F
export function trace<F extends Method>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<F>,
): TypedPropertyDescriptor<F>
export function trace(options?: TraceOptions | string): TraceDecorator
export function trace(...args: readonly unknown[]): unknown {
  // With the class element in hand it is the decorator; with options, or nothing, it makes one.
  if (args.length >= 2) return decorate({}, args)
  const [options = {}] = args as [(TraceOptions | string)?]
  // TypeScript's `experimentalDecorators` give a class decorator the class and nothing else.
  if (typeof options === 'function') return decorate({}, args)
  const resolved = typeof options === 'string' ? { name: options } : options
  return (...element: readonly unknown[]) => decorate(resolved, element)
}

function decorate(options: TraceOptions, [target, context, descriptor]: readonly unknown[]): unknown {
  if (isStandardContext(context)) return decorateStandard(options, target, context)
  if (context === undefined) return reportMisuse('class', (target as { name: string }).name)
  // The key of the property.
  return decorateLegacy(options, context as string | symbol, descriptor)
}

function isStandardContext(context: unknown): context is { kind: string; name: string | symbol } {
  return typeof context === 'object' && context !== null && 'kind' in context
}

function decorateStandard(
  options: TraceOptions,
  target: unknown,
  { kind, name }: { kind: string; name: string | symbol },
): unknown {
  if (kind === 'method') return traced(target as Method, named(options, name))
  reportMisuse(kind, name)
  return undefined
}

function decorateLegacy(options: TraceOptions, key: string | symbol, descriptor: unknown): unknown {
  // TypeScript gives the property's descriptor for methods and accessors, and none for fields.
  const { value } = (descriptor ?? {}) as { value?: unknown }
  if (typeof value === 'function')
    return { ...(descriptor as PropertyDescriptor), value: traced(value as Method, named(options, key)) }
  // A parameter's decorator gets its index.
  reportMisuse(descriptor === undefined ? 'field' : typeof descriptor === 'number' ? 'parameter' : 'accessor', key)
  return undefined
}

function named(options: TraceOptions, key: string | symbol): TraceOptions {
  return options.name
    ? options
    : { ...options, name: String(typeof key === 'symbol' ? (key.description ?? 'anonymous') : key) }
}

function reportMisuse(kind: string, name: string | symbol): void {
  log.error(`@trace on the ${kind} ${String(name)}: only methods can be traced, so it is left as it is`)
}
