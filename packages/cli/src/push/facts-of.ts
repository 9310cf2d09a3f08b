import type { JsonObject } from '../send/read-json.js'

/**
 * Picks what an object of the API says of itself. What it leaves open, the project that it is pushed to may fill.
 *
 * @param object - The object.
 * @param names - Names of facts.
 * @returns Those that are there and not null.
 */
export function factsOf(object: JsonObject, names: readonly string[]): object {
  return Object.fromEntries(
    names.flatMap((name) => (object[name] === undefined || object[name] === null ? [] : [[name, object[name]]])),
  )
}
