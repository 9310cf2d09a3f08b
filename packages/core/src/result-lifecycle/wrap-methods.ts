/** A method of whatever object, bound to it. */
export type Method = (...args: readonly unknown[]) => unknown

/**
 * Puts methods in front of those that an object has, out of sight of `Object.keys`, spread and printing.
 *
 * @param object - Stays the same object; it must be extensible.
 * @param wrappers - By a method's name or symbol: gets what is there, gives what takes its place. One that the object does not have is not given it.
 */
export function wrapMethods<T extends object>(
  object: T,
  wrappers: Readonly<Record<PropertyKey, (original: Method) => (...args: never[]) => unknown>>,
): T {
  for (const name of Reflect.ownKeys(wrappers)) {
    const original = (object as Record<PropertyKey, unknown>)[name]
    if (typeof original !== 'function') continue
    const value = wrappers[name]?.(original.bind(object))
    Object.defineProperty(object, name, { value, writable: true, configurable: true })
  }
  return object
}
