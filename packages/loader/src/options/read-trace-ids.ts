import { invalidOption } from './invalid-option.js'
import { readTagList } from './read-tag-list.js'

/**
 * Checks a list of ids and drops repetitions.
 *
 * @param value - What the caller passed.
 * @param option - The option's name, for the message.
 * @returns The ids, each once.
 * @throws {LoaderError} `invalid_options` if it is no list of ids.
 */
export function readTraceIds(value: unknown, option = 'traceIds'): readonly string[] {
  const ids = readTagList(value, option)
  // The scores endpoint takes ids as one comma-separated list.
  const bad = ids.find((id) => id.includes(','))
  if (bad !== undefined) throw invalidOption(option, 'an id holds a comma', 'pass each id as its own element')
  return ids
}
