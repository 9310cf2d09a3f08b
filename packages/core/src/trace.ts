import { log } from './log.js'
import { type TraceOptions, traced } from './traced.js'

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
  const [options = {}] = args as [(TraceOptions | string)?]
  // With the class element in hand it is the decorator; with options, or nothing, it makes one. TypeScript's `experimentalDecorators` give a
  // class decorator the class and nothing else.
  if (args.length > 1 || typeof options === 'function') return decorate({}, args)
  return (...element: readonly unknown[]) =>
    decorate(typeof options === 'string' ? { name: options } : options, element)
}

/** What a decorator is called with, in both dialects: a standard context, or the key of the property and its descriptor. */
type Element = readonly [target?: unknown, context?: StandardContext | string | symbol, descriptor?: PropertyDescriptor]

interface StandardContext {
  readonly kind: string
  readonly name: string | symbol
}

function decorate(options: TraceOptions, element: readonly unknown[]): unknown {
  const [target, context, descriptor] = element as Element
  // A key has neither of the two.
  const { kind, name: key = context } = Object(context) as Partial<StandardContext>
  const method = kind === 'method' ? target : descriptor?.value
  if (typeof method !== 'function') {
    // Without a context at all: a class, under `experimentalDecorators`.
    log.error(`@trace on ${String(key ?? (target as { name: string }).name)}: only methods can be traced`)
    return undefined
  }
  const name = options.name || (typeof key === 'symbol' ? key.description : String(key))
  const wrapper = traced(method as Method, { ...options, name })
  return descriptor ? { ...descriptor, value: wrapper } : wrapper
}
