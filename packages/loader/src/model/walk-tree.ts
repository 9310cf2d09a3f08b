import type { Observation } from './observation.js'

/**
 * Visits observations depth first, each before its children, older siblings first.
 *
 * @param roots - Where to begin.
 * @yields Each observation once.
 */
export function* walkTree(roots: readonly Observation[]): Generator<Observation> {
  // A stack of our own, because a trace may be deeper than the call stack.
  const waiting = [...roots].reverse()
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next
    for (let index = next.children.length - 1; index >= 0; index--) {
      const child = next.children[index]
      if (child !== undefined) waiting.push(child)
    }
  }
}
