import { listPrompts } from './list-prompts.js'
import { isSameContent, PROMPTS_PATH, type PromptVersion, readPromptVersion } from './prompt-version.js'
import { type PushDestination, type PushSide, write } from './push-side.js'
import type { PushTally } from './push-tally.js'

/** The prompts of two projects, and what was done. */
interface PromptPush {
  readonly source: PushSide
  readonly destination: PushDestination
  readonly tally: PushTally
}

/** How far a prompt came: all of it is there, or a version was not taken. */
type Progress = { readonly kind: 'done' } | { readonly kind: 'stuck'; readonly about: string; readonly reason: string }

/**
 * Pushes prompts, version after version, so that each keeps its number. A label that another version has there stays there: a push from a
 * laptop must not change what a program elsewhere gets.
 *
 * @param source - Where from.
 * @param destination - Where to.
 * @param tally - Counts what was done.
 * @throws {CliError} `send_failed`, `stopped`.
 */
export async function pushPrompts(source: PushSide, destination: PushDestination, tally: PushTally): Promise<void> {
  const push = { source, destination, tally }
  let left = [...(await listPrompts(source))]
  // A prompt may hold another, which must be there before it; in which order they come, nobody knows.
  for (let before = -1; left.length > 0 && before !== tally.promptVersions; ) {
    before = tally.promptVersions
    const stuck: { name: string; versions: readonly number[]; about: string; reason: string }[] = []
    for (const [name, versions] of left) {
      const progress = await pushPrompt(name, versions, push)
      if (progress.kind === 'stuck') stuck.push({ ...progress, name, versions })
    }
    left = stuck.map(({ name, versions }) => [name, versions])
    if (before === tally.promptVersions) tally.refused.push(...stuck.map(({ about, reason }) => ({ about, reason })))
  }
}

async function pushPrompt(name: string, versions: readonly number[], push: PromptPush): Promise<Progress> {
  const { source, destination, tally } = push
  const numbers = (await listPrompts(destination, name)).get(name) ?? []
  const there = new Map<number, PromptVersion>()
  for (const number of numbers) {
    const one = await readPromptVersion(destination, name, number)
    if (one !== undefined) there.set(number, one)
  }
  for (const version of versions) {
    const one = await readPromptVersion(source, name, version)
    const about = `prompt ${JSON.stringify(name)} version ${version}`
    // Deleted since the list was read.
    if (one === undefined) continue
    const same = there.get(version)
    if (same !== undefined && !isSameContent(one, same))
      return { kind: 'stuck', about, reason: 'the project has another one under this number' }
    const missing = same === undefined ? await addUpTo(name, one, there, push) : await addLabels(name, one, there, push)
    if (missing !== undefined) return { kind: 'stuck', about, reason: missing }
    noteLabels(name, one, there, tally)
  }
  return { kind: 'done' }
}

/**
 * Adds a version under its own number. The server counts on from the last, so that numbers of versions that were deleted are filled with
 * the version that follows them. Gives back why it could not.
 */
async function addUpTo(
  name: string,
  one: PromptVersion,
  there: Map<number, PromptVersion>,
  { destination, tally }: PromptPush,
): Promise<string | undefined> {
  const last = Math.max(0, ...there.keys())
  if (last > one.version) return `the project has gone on to version ${last} without it`
  for (let number = last + 1; number <= one.version; number++) {
    const isFiller = number < one.version
    const labels = isFiller ? [] : one.labels.filter((label) => holderOf(label, there) === undefined)
    const message = isFiller ? `stands for a version that was deleted before version ${one.version}` : one.commitMessage
    const json = JSON.stringify({ name, ...one.content, labels, tags: one.tags, commitMessage: message })
    const isThere = async (): Promise<boolean> => (await readPromptVersion(destination, name, number)) !== undefined
    const subject = `prompt ${JSON.stringify(name)} version ${number}`
    const written = await write(destination, { path: PROMPTS_PATH, json }, subject, isThere)
    if (written.kind === 'refused') return written.reason
    there.set(number, { ...one, version: number, labels })
    if (!isFiller) tally.promptVersions += 1
  }
  return undefined
}

/** Gives a version that is there the labels that no version has there. Gives back why it could not. */
async function addLabels(
  name: string,
  one: PromptVersion,
  there: Map<number, PromptVersion>,
  { destination }: PromptPush,
): Promise<string | undefined> {
  const newLabels = one.labels.filter((label) => holderOf(label, there) === undefined)
  const same = there.get(one.version)
  if (newLabels.length === 0 || same === undefined) return undefined
  const path = `${PROMPTS_PATH}/${encodeURIComponent(name)}/versions/${one.version}`
  const post = { path, json: JSON.stringify({ newLabels }), method: 'PATCH' } as const
  const written = await write(destination, post, `labels of prompt ${JSON.stringify(name)}`)
  if (written.kind === 'refused') return written.reason
  there.set(one.version, { ...same, labels: [...same.labels, ...newLabels] })
  return undefined
}

function noteLabels(
  name: string,
  { version, labels }: PromptVersion,
  there: Map<number, PromptVersion>,
  tally: PushTally,
): void {
  for (const label of labels) {
    const holder = holderOf(label, there)
    if (holder === undefined || holder === version) continue
    const about = `prompt ${JSON.stringify(name)}`
    tally.notes.push({
      about,
      reason: `label ${JSON.stringify(label)} stays at version ${holder} there: move it there`,
    })
  }
}

function holderOf(label: string, there: ReadonlyMap<number, PromptVersion>): number | undefined {
  for (const [version, { labels }] of there) if (labels.includes(label)) return version
  return undefined
}
