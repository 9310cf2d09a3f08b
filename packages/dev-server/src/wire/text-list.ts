import * as v from 'valibot'

/** A query parameter with a comma-separated list; undefined when there is nothing in it. */
export const TextList: v.GenericSchema<unknown, string[] | undefined> = v.optional(
  v.pipe(v.string(), v.transform(splitList)),
)

/**
 * Splits a comma-separated list.
 *
 * @param text The list.
 * @returns Its items without spaces around them, or undefined when there are none.
 */
export function splitList(text: string): string[] | undefined {
  return nonEmpty(
    text
      .split(',')
      .map((value) => value.trim())
      .filter((value) => value !== ''),
  )
}

/**
 * Gives undefined for an empty list, which asks for nothing in particular.
 *
 * @param list The list.
 * @returns The list, unless it is empty.
 */
export function nonEmpty<T>(list: T[] | undefined): T[] | undefined {
  return list === undefined || list.length === 0 ? undefined : list
}
