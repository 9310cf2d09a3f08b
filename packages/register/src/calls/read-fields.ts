/** An object of which nothing is known. */
export type Fields = Readonly<Record<string, unknown>>

/**
 * What a value holds, if it is an object.
 *
 * @param value - Anything that came from a client or a server.
 */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}

/** The members of a list; none of anything else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** A text, or `undefined`. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** The name of the class that an object is of; empty for what has none. */
export function classNameOf(value: unknown): string {
  const made: unknown = fieldsOf(value).constructor
  return typeof made === 'function' ? made.name : ''
}

/**
 * Numbers of tokens under the names that Langfuse has for them.
 *
 * @param amounts - The numbers; what is none is left out.
 * @returns `undefined` if there is none.
 */
export function usageOf(amounts: Fields): Readonly<Record<string, number>> | undefined {
  const known = Object.entries(amounts).filter((entry): entry is [string, number] => typeof entry[1] === 'number')
  return known.length === 0 ? undefined : Object.fromEntries(known)
}

/**
 * What is left of a number of tokens. Langfuse adds up the price of each kind, so no token may be counted under two.
 *
 * @param whole - Tokens in all.
 * @param parts - Those that stand under names of their own.
 */
export function without(whole: unknown, parts: Fields): number | undefined {
  if (typeof whole !== 'number') return undefined
  const counted = Object.values(usageOf(parts) ?? {}).reduce((sum, part) => sum + part, 0)
  return Math.max(whole - counted, 0)
}

/**
 * A record without some of its members, and without those that are functions or undefined.
 *
 * @param fields - The record.
 * @param content - Names of members that are no parameters.
 */
export function parametersOf(fields: Fields, content: readonly string[]): Record<string, unknown> {
  const isParameter = ([name, value]: [string, unknown]): boolean =>
    !content.includes(name) && value !== undefined && value !== null && typeof value !== 'function'
  return Object.fromEntries(Object.entries(fields).filter(isParameter))
}
