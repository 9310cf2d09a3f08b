import { listPrompts } from './list-prompts.js'
import { readPromptVersion } from './prompt-version.js'
import type { PushSide } from './push-side.js'

/**
 * Prepares to find prompts of one project in another. Ids of prompts are the project's own; names and numbers of versions are the same.
 *
 * @param source - Where the id is from.
 * @param destination - Where the prompt was pushed to.
 * @returns What finds the id there; `undefined` for a prompt that one of them does not have.
 */
export function createPromptFinder(
  source: PushSide,
  destination: PushSide,
): (id: string) => Promise<string | undefined> {
  let known: Promise<ReadonlyMap<string, readonly [name: string, version: number]>> | undefined
  return async (id) => {
    // Read once, and only when somebody wrote about a prompt.
    known ??= readIds(source)
    const [name, version] = (await known).get(id) ?? []
    if (name === undefined || version === undefined) return undefined
    return (await readPromptVersion(destination, name, version))?.id
  }
}

async function readIds(side: PushSide): Promise<ReadonlyMap<string, readonly [name: string, version: number]>> {
  const ids = new Map<string, readonly [string, number]>()
  for (const [name, versions] of await listPrompts(side)) {
    for (const version of versions) {
      const one = await readPromptVersion(side, name, version)
      if (one !== undefined) ids.set(one.id, [name, version])
    }
  }
  return ids
}
