import { invalidOption } from './invalid-option.js'

/**
 * Checks a list of texts, such as tags or ids, and drops repetitions.
 *
 * @param value - What the caller passed.
 * @param option - The option's name, for the message.
 * @returns The texts, each once, in the order given.
 * @throws {LoaderError} `invalid_options` if it is no list of non-empty strings.
 */
export function readTagList(value: unknown, option: string): readonly string[] {
  // A bare string is iterable: without this check 'prod' would become the tags p, r, o, d.
  if (!Array.isArray(value)) throw invalidOption(option, 'it is not a list', `expected a list: ${option}: ['…']`)
  const tags: string[] = []
  for (const tag of value) {
    if (typeof tag !== 'string' || tag === '')
      throw invalidOption(option, 'it holds something else than text', 'expected non-empty strings')
    if (!tags.includes(tag)) tags.push(tag)
  }
  return tags
}
