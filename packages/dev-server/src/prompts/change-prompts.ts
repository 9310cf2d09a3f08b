import type { Prompt } from '../model/prompt.js'

/** The label of the newest version, which the server keeps. */
const LATEST = 'latest'

/** What a new version is made of. */
export type NewVersion = Pick<Prompt, 'id' | 'name' | 'type' | 'prompt' | 'config' | 'labels' | 'commitMessage'> & {
  /** Undefined takes over those of the version before. */
  readonly tags: readonly string[] | undefined
}

/**
 * Adds a version to a prompt: it takes its labels and `latest` away from the others, and they all get its tags.
 *
 * @param versions All versions there are, the newest first.
 * @param added What the new one is made of.
 * @param nowMillis What time it is.
 * @returns What to write, the new version first.
 */
export function addVersion(versions: readonly Prompt[], added: NewVersion, nowMillis: number): [Prompt, ...Prompt[]] {
  const labels = [...new Set([...added.labels, LATEST])]
  const tags = [...new Set(added.tags ?? versions[0]?.tags ?? [])]
  const version = (versions[0]?.version ?? 0) + 1
  const created = { ...added, version, labels, tags, createdAtMillis: nowMillis, updatedAtMillis: nowMillis }
  return [created, ...changed(versions, (prompt) => ({ ...prompt, tags, labels: without(prompt, labels) }), nowMillis)]
}

/**
 * Gives labels to a version and takes them away from the others.
 *
 * @param versions All versions there are.
 * @param version The one that gets them beside those it has.
 * @param labels The labels.
 * @param nowMillis What time it is.
 * @returns What to write, the labelled version first.
 */
export function addLabels(
  versions: readonly Prompt[],
  version: Prompt,
  labels: readonly string[],
  nowMillis: number,
): [Prompt, ...Prompt[]] {
  const others = versions.filter(({ id }) => id !== version.id)
  return [
    { ...version, labels: [...new Set([...labels, ...version.labels])], updatedAtMillis: nowMillis },
    ...changed(others, (prompt) => ({ ...prompt, labels: without(prompt, labels) }), nowMillis),
  ]
}

/**
 * What changes when versions are deleted: the newest that is left becomes the latest.
 *
 * @param remaining The versions that are left, the newest first.
 * @param nowMillis What time it is.
 * @returns What to write.
 */
export function afterDeletion(remaining: readonly Prompt[], nowMillis: number): Prompt[] {
  const [newest] = remaining
  if (newest === undefined || remaining.some(({ labels }) => labels.includes(LATEST))) return []
  return [{ ...newest, labels: [...newest.labels, LATEST], updatedAtMillis: nowMillis }]
}

function without({ labels }: Prompt, taken: readonly string[]): string[] {
  return labels.filter((label) => !taken.includes(label))
}

function changed(versions: readonly Prompt[], change: (prompt: Prompt) => Prompt, nowMillis: number): Prompt[] {
  return versions.flatMap((before) => {
    const after = change(before)
    return JSON.stringify(after) === JSON.stringify(before) ? [] : [{ ...after, updatedAtMillis: nowMillis }]
  })
}
