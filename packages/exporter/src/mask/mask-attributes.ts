import type { Attributes, AttributeValue } from '@opentelemetry/api'
import type { MaskFields } from './mask-run.js'

/**
 * Masks attributes: values of any shape, and the part of each name that may be data.
 *
 * @param attributes - Attributes of a span, an event, a link, a resource or a scope.
 * @param fields - Masks one name or value.
 * @param spanName - The name of the span; empty for what spans share.
 * @returns The attributes themselves when nothing in them changed.
 */
export function maskAttributes(attributes: Attributes, fields: MaskFields, spanName: string): Attributes {
  const masked: [name: string, value: AttributeValue | undefined][] = []
  let isChanged = false
  for (const key of Object.keys(attributes)) {
    const value = attributes[key]
    const name = fields.name(key)
    // What is masked is what an attribute may be, or a mark.
    const maskedValue = fields.value(value, key, spanName) as AttributeValue | undefined
    masked.push([name, maskedValue])
    isChanged ||= name !== key || maskedValue !== value
  }
  return isChanged ? Object.fromEntries(withFreeNames(masked)) : attributes
}

/** Two names that differ in nothing but what is masked stay two: `metadata.<email>` and `metadata.<email>#2`. */
function withFreeNames<T>(entries: readonly (readonly [name: string, value: T])[]): ReadonlyMap<string, T> {
  const taken = new Map<string, T>()
  const last = new Map<string, number>()
  for (const [name, value] of entries) {
    let free = name
    // From where the last one ended: a thousand names may have become one.
    for (let count = last.get(name) ?? 2; taken.has(free); count++) {
      free = `${name}#${count}`
      last.set(name, count)
    }
    taken.set(free, value)
  }
  return taken
}
