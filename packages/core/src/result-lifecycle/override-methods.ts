/**
 * Puts methods before those of an object's prototype, out of sight of `Object.keys`, spread and printing.
 *
 * @param object - Stays the same object.
 * @param methods - The methods by name.
 */
export function overrideMethods<T extends object>(object: T, methods: Readonly<Record<string, unknown>>): T {
  for (const name of Object.keys(methods)) {
    Object.defineProperty(object, name, { value: methods[name], writable: true, configurable: true, enumerable: false })
  }
  return object
}
