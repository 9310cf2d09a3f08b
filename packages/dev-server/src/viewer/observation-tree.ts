import type { Observation } from '../model/observation.js'

/** An observation and how deep it stands below its root. */
export interface TreeLine {
  readonly observation: Observation
  /** 0 for roots, and for observations whose parent is not there. */
  readonly depth: number
}

/**
 * Puts the observations of a trace into the order of reading: each followed by its children, oldest first.
 *
 * Iterative, and every observation comes exactly once: parents are what senders claim, and may form chains of any length,
 * circles, or point nowhere.
 *
 * @param observations Those of one trace, in any order.
 * @returns All of them with their depth.
 */
export function layOutTree(observations: readonly Observation[]): TreeLine[] {
  const byStart = [...observations].sort((a, b) => a.startTimeMillis - b.startTimeMillis)
  const ids = new Set(byStart.map(({ id }) => id))
  const children = groupByParent(byStart)
  const lines: TreeLine[] = []
  const seen = new Set<string>()
  const visit = (root: Observation): void => {
    const stack: TreeLine[] = [{ observation: root, depth: 0 }]
    for (let line = stack.pop(); line !== undefined; line = stack.pop()) {
      if (seen.has(line.observation.id)) continue
      seen.add(line.observation.id)
      lines.push(line)
      const below = (children.get(line.observation.id) ?? []).toReversed()
      for (const observation of below) stack.push({ observation, depth: line.depth + 1 })
    }
  }
  for (const observation of byStart) if (!ids.has(observation.parentObservationId)) visit(observation)
  // What is left stands in a circle of parents, to which no root leads.
  for (const observation of byStart) visit(observation)
  return lines
}

function groupByParent(observations: readonly Observation[]): ReadonlyMap<string, readonly Observation[]> {
  const groups = new Map<string, Observation[]>()
  for (const observation of observations) {
    const group = groups.get(observation.parentObservationId)
    if (group === undefined) groups.set(observation.parentObservationId, [observation])
    else group.push(observation)
  }
  return groups
}
