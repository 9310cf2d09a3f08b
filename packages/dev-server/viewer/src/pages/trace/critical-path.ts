import type { TreeLayout } from './lay-out-tree.js'

/** The times of observations. */
export interface StepTimes {
  readonly startOffsetsMillis: readonly number[]
  readonly durationsMillis: readonly number[]
}

/**
 * Finds the steps that the trace's latency is made of: had any of them been faster, the trace would have been.
 *
 * From the end of a step backwards: the child that ended last is what it waited for; before that child began, the one that had ended last by
 * then; and so on inside each of them. What ran beside them did not matter.
 *
 * @param layout The tree.
 * @param times When its steps ran.
 * @returns 1 for the observations on the path.
 */
export function criticalPath(layout: TreeLayout, { startOffsetsMillis, durationsMillis }: StepTimes): Uint8Array {
  const { order, subtreeEnds } = layout
  const start = (position: number): number => startOffsetsMillis[order[position] ?? 0] ?? 0
  const end = (position: number): number => start(position) + (durationsMillis[order[position] ?? 0] ?? 0)
  const isOn = new Uint8Array(order.length)
  const longest = longestRoot(layout, (position) => end(position) - start(position))
  const stack: { position: number; until: number }[] =
    longest === -1 ? [] : [{ position: longest, until: end(longest) }]
  for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
    isOn[order[step.position] ?? 0] = 1
    const children: number[] = []
    const last = subtreeEnds[step.position] ?? 0
    for (let child = step.position + 1; child < last; child = subtreeEnds[child] ?? last) children.push(child)
    children.sort((a, b) => end(b) - end(a))
    let until = step.until
    for (const child of children) {
      // A child that outlives its parent, as detached work does, was not waited for.
      if (end(child) > until || start(child) >= until) continue
      stack.push({ position: child, until: end(child) })
      until = start(child)
    }
  }
  return isOn
}

function longestRoot({ order, subtreeEnds }: TreeLayout, duration: (position: number) => number): number {
  let longest = -1
  for (let root = 0; root < order.length; root = subtreeEnds[root] ?? order.length) {
    if (longest === -1 || duration(root) > duration(longest)) longest = root
  }
  return longest
}
