/** A call of a method that was wrapped. */
export interface MethodCall {
  /** The method as it was, with its object and arguments, or with others in their place. Throws what it throws. */
  run(others?: readonly unknown[]): unknown
  readonly self: unknown
  readonly args: readonly unknown[]
}

/** What is done around a call; gives what the caller gets. */
export type Intercept = (call: MethodCall) => unknown

const WRAPPED = Symbol.for('axion.register.wrapped')

/**
 * Puts a function around a method, once.
 *
 * @param owner - A prototype, an object, or a class for its static methods.
 * @param name - The method's name.
 * @param intercept - Finds what is to be done. Called with each call, so that what records is loaded with the first. When it throws, the call goes
 *   through as it is.
 * @returns Whether the method is wrapped, now or before; `false` if there is none.
 */
export function wrapMethod(owner: unknown, name: string, intercept: () => Intercept): boolean {
  if ((typeof owner !== 'object' || owner === null) && typeof owner !== 'function') return false
  const method: unknown = Reflect.get(owner, name)
  if (typeof method !== 'function') return false
  if (WRAPPED in method) return true
  const wrapper = function (this: unknown, ...args: unknown[]): unknown {
    const run = (others: readonly unknown[] = args): unknown => Reflect.apply(method, this, others)
    let around: Intercept
    try {
      around = intercept()
    } catch {
      return run()
    }
    return around({ run, self: this, args })
  }
  // A function's own properties, name and length, stay what they were.
  Object.defineProperties(wrapper, Object.getOwnPropertyDescriptors(method))
  Object.defineProperty(wrapper, WRAPPED, { value: true })
  const descriptor = Object.getOwnPropertyDescriptor(owner, name)
  const { enumerable = false } = descriptor ?? {}
  Object.defineProperty(owner, name, { value: wrapper, writable: true, configurable: true, enumerable })
  return true
}

/**
 * The prototype of a class that a module exports.
 *
 * @param exports - What the module exports.
 * @param name - The class.
 * @returns `undefined` if there is no such class.
 */
export function prototypeOf(exports: Readonly<Record<string, unknown>>, name: string): unknown {
  const exported = exports[name]
  return typeof exported === 'function' ? exported.prototype : undefined
}
