/**
 * Puts methods before those of an object's prototype, out of sight of `Object.keys`, spread and printing.
 *
 * @param object - Stays the same object; it must be extensible.
 * @param methods - The methods by name or symbol.
 */
export function overrideMethods<T extends object>(object: T, methods: Readonly<Record<PropertyKey, unknown>>): T {
  for (const name of Reflect.ownKeys(methods)) {
    Object.defineProperty(object, name, { value: methods[name], writable: true, configurable: true, enumerable: false })
  }
  return object
}
