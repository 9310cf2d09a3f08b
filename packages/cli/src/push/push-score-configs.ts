import { isDeepStrictEqual } from 'node:util'
import type { JsonObject } from '../send/read-json.js'
import { type PushDestination, type PushSide, readAll, write } from './push-side.js'
import type { PushTally } from './push-tally.js'

const PATH = '/api/public/score-configs'
const SUBJECT = 'score configs'
const FACTS = ['name', 'dataType', 'minValue', 'maxValue', 'categories', 'description'] as const

/**
 * Pushes the score configs that the project does not have. Their ids cannot be kept; one that says the same is the same.
 *
 * @param source - Where from.
 * @param destination - Where to.
 * @param tally - Counts what was done.
 * @throws {CliError} `send_failed`, `stopped`.
 */
export async function pushScoreConfigs(
  source: PushSide,
  destination: PushDestination,
  tally: PushTally,
): Promise<void> {
  const read = async (side: PushSide): Promise<object[]> => {
    const all: object[] = []
    for await (const config of readAll(side, PATH, SUBJECT)) all.push(factsOf(config))
    return all
  }
  const there = await read(destination)
  for (const facts of await read(source)) {
    const isSame = (other: object): boolean => isDeepStrictEqual(other, facts)
    if (there.some(isSame)) continue
    there.push(facts)
    const isThere = async (): Promise<boolean> => (await read(destination)).some(isSame)
    const about = `score config ${JSON.stringify(Object(facts).name)}`
    const written = await write(destination, { path: PATH, json: JSON.stringify(bodyOf(facts)) }, about, isThere)
    if (written.kind === 'refused') tally.refused.push({ about, reason: written.reason })
    else tally.scoreConfigs += 1
  }
}

function factsOf(config: JsonObject): object {
  return Object.fromEntries(FACTS.map((name) => [name, config[name] ?? null]))
}

// A config of true or false has categories that may not be said.
function bodyOf(facts: object): object {
  const said = Object.entries(facts).filter(([, value]) => value !== null)
  const isBoolean = Object(facts).dataType === 'BOOLEAN'
  return Object.fromEntries(said.filter(([name]) => !isBoolean || name !== 'categories'))
}
