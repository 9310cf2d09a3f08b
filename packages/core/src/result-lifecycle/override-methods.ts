/**
 * Puts methods before those of an object's prototype, out of sight of `Object.keys`, spread and printing.
 *
 * @param object - Stays the same object; it must be extensible.
 * @param methods - The methods by name or symbol; one that is `undefined` stays as it is.
 */
export function overrideMethods<T extends object>(object: T, methods: Readonly<Record<PropertyKey, unknown>>): T {
  for (const name of Reflect.ownKeys(methods)) {
    const value = methods[name]
    if (value) Object.defineProperty(object, name, { value, writable: true, configurable: true })
  }
  return object
}
