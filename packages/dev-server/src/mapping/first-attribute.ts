import type { Attributes, AttributeValue } from '../decode-otlp/attributes.js'

/**
 * The first truthy attribute of several, as text. This is how Langfuse reads ids and names: an empty string does not count,
 * and what is no string is kept as its JSON.
 *
 * @param attributes The attributes of the span.
 * @param keys In order of precedence.
 * @returns The text, or undefined when none is set.
 */
export function firstAttribute(attributes: Attributes, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = attributes[key]
    if (value) return attributeText(value)
  }
  return undefined
}

/**
 * An attribute as text: strings as they are, everything else as JSON.
 *
 * @param value The attribute.
 * @returns Its text.
 */
export function attributeText(value: AttributeValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
