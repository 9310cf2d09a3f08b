/**
 * Replaces a method of one object. What an object has of its own stays what it looks like: the method keeps its name and length, and one that a class
 * has does not become a name of the object's own that anybody lists.
 *
 * @param owner - The object.
 * @param name - The method's name; there need not be one.
 * @param method - What takes its place.
 * @throws {TypeError} If the object cannot be changed.
 */
export function replaceMethod(owner: object, name: string, method: (...args: unknown[]) => unknown): void {
  const original: unknown = Reflect.get(owner, name)
  if (typeof original === 'function') {
    for (const property of ['name', 'length'] as const) {
      Object.defineProperty(method, property, { value: original[property], configurable: true })
    }
  }
  const { enumerable = false } = Object.getOwnPropertyDescriptor(owner, name) ?? {}
  Object.defineProperty(owner, name, { value: method, enumerable, configurable: true, writable: true })
}
