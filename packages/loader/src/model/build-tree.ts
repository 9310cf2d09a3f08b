import { Observation } from './observation.js'

/** Observations with their places. */
export interface ObservationTree {
  /** Oldest first; of one millisecond, parents before children. */
  readonly observations: readonly Observation[]
  /** Whatever has no parent in the tree, oldest first. */
  readonly roots: readonly Observation[]
}

/**
 * Builds the tree of a trace, whatever its parent ids say: a missing parent makes an orphan, a cycle is opened at its oldest member.
 * No recursion: a trace may be deeper than the stack.
 *
 * @param unordered - The observations of one trace, each id once, not placed yet.
 * @param isRoot - Whether Langfuse takes it for a root.
 * @returns The same observations, placed.
 */
export function buildTree(unordered: readonly Observation[], isRoot: (id: string) => boolean): ObservationTree {
  const byAge = [...unordered].sort(compareAge)
  const byId = new Map<string, Observation>()
  let isEachBelowAnOlder = true
  for (const observation of byAge) {
    if (observation.parentId !== null && !byId.has(observation.parentId)) isEachBelowAnOlder = false
    byId.set(observation.id, observation)
  }
  // Nearly every trace: no parent is younger than its child, so there can be no cycle, and no need to look for one.
  const openings = isEachBelowAnOlder ? NO_OPENINGS : findCycleOpenings(byAge, byId)
  const roots: Observation[] = []
  for (const observation of byAge) {
    const parent = observation.parentId === null ? undefined : byId.get(observation.parentId)
    if (openings.has(observation)) Observation.place(observation, 'cycle', null)
    else if (parent !== undefined) Observation.place(observation, 'child', parent)
    else if (observation.parentId === null || isRoot(observation.id)) Observation.place(observation, 'root', null)
    else Observation.place(observation, 'orphan', null)
    if (observation.parent === null) roots.push(observation)
  }
  return { observations: parentsFirst(byAge, roots), roots }
}

const NO_OPENINGS: ReadonlySet<Observation> = new Set()

// Depth tells observations of one millisecond apart; where there are none, age alone has the order.
function parentsFirst(byAge: Observation[], roots: readonly Observation[]): readonly Observation[] {
  const isSameTime = byAge.some((one, at) => one.startTime.getTime() === byAge[at + 1]?.startTime.getTime())
  if (!isSameTime) return byAge
  const depths = measureDepths(roots)
  const depthOf = (observation: Observation): number => depths.get(observation) ?? 0
  return byAge.sort(
    (a, b) => a.startTime.getTime() - b.startTime.getTime() || depthOf(a) - depthOf(b) || compareText(a.id, b.id),
  )
}

function compareAge(a: Observation, b: Observation): number {
  return a.startTime.getTime() - b.startTime.getTime() || compareText(a.id, b.id)
}

// By code unit: the same order on every machine, whatever its locale.
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

// Follows the parents from each observation until it meets one that was visited. Met in this very walk, it closes a cycle.
function findCycleOpenings(all: readonly Observation[], byId: ReadonlyMap<string, Observation>): Set<Observation> {
  const walkOf = new Map<Observation, number>()
  const openings = new Set<Observation>()
  const parentOf = (observation: Observation): Observation | undefined =>
    observation.parentId === null ? undefined : byId.get(observation.parentId)
  all.forEach((start, walk) => {
    let current: Observation | undefined = start
    while (current !== undefined && !walkOf.has(current)) {
      walkOf.set(current, walk)
      current = parentOf(current)
    }
    if (current === undefined || walkOf.get(current) !== walk) return
    let oldest = current
    for (let member = parentOf(current); member !== undefined && member !== current; member = parentOf(member)) {
      if (compareAge(member, oldest) < 0) oldest = member
    }
    openings.add(oldest)
  })
  return openings
}

function measureDepths(roots: readonly Observation[]): Map<Observation, number> {
  const depths = new Map<Observation, number>()
  let level: readonly Observation[] = roots
  for (let depth = 0; level.length > 0; depth++) {
    for (const observation of level) depths.set(observation, depth)
    level = level.flatMap((observation) => observation.children)
  }
  return depths
}
