/**
 * An empty record for keys from outside: without a prototype to reach, `__proto__` is a key like any other.
 *
 * Not `Object.create(null)`: V8 keeps that as a hash table, which is several times as slow to fill and to serialize, and a
 * record or two are made for each span.
 *
 * @returns The record.
 */
export function bareRecord<T>(): Record<string, T> {
  return new BareRecord() as Record<string, T>
}

class BareRecord {}
Object.setPrototypeOf(BareRecord.prototype, null)
Reflect.deleteProperty(BareRecord.prototype, 'constructor')
