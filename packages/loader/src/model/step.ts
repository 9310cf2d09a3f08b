import type { Observation } from './observation.js'

/** The observations of a trace that share a name. */
export interface Step {
  readonly name: string
  /** Oldest first; never empty. */
  readonly observations: readonly Observation[]
  /** The oldest one. */
  readonly first: Observation
  /** The newest one. */
  readonly last: Observation
}

/**
 * Groups observations by name, in the order in which the names first appear. Nameless ones belong to no step.
 *
 * @param observations - Oldest first.
 * @returns The steps.
 */
export function groupSteps(observations: readonly Observation[]): readonly Step[] {
  const groups = new Map<string, [Observation, ...Observation[]]>()
  for (const observation of observations) {
    if (observation.name === '') continue
    const group = groups.get(observation.name)
    if (group === undefined) groups.set(observation.name, [observation])
    else group.push(observation)
  }
  return [...groups].map(([name, group]) => ({
    name,
    observations: group,
    first: group[0],
    last: group.at(-1) ?? group[0],
  }))
}

/**
 * Finds a step by name: exactly, else without regard to case and separators, so that `play_analysis` finds `playAnalysis`.
 *
 * @param steps - Where to look.
 * @param name - What to look for.
 * @returns The first step that fits.
 */
export function findStep(steps: readonly Step[], name: string): Step | undefined {
  const exact = steps.find((step) => step.name === name)
  if (exact !== undefined) return exact
  const wanted = bareName(name)
  // A name of separators only would be equal to every other such name.
  return wanted === '' ? undefined : steps.find((step) => bareName(step.name) === wanted)
}

function bareName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
}
