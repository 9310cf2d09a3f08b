import { PROMPTS_PATH } from './prompt-version.js'
import { type PushSide, readAll } from './push-side.js'

/**
 * Lists prompts.
 *
 * @param side - The project.
 * @param name - The only one that is wanted.
 * @returns Names of prompts, with the numbers of their versions in order.
 * @throws {CliError} `send_failed`, `stopped`.
 */
export async function listPrompts(side: PushSide, name?: string): Promise<ReadonlyMap<string, readonly number[]>> {
  const all = new Map<string, readonly number[]>()
  const query = name === undefined ? '' : `?name=${encodeURIComponent(name)}`
  for await (const prompt of readAll(side, `${PROMPTS_PATH}${query}`, 'prompts')) {
    const versions = Array.isArray(prompt.versions) ? prompt.versions.map(Number) : []
    if (typeof prompt.name === 'string')
      all.set(
        prompt.name,
        versions.toSorted((a, b) => a - b),
      )
  }
  return all
}
