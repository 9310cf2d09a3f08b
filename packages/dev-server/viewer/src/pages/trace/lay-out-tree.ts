/** A tree in the order of reading: each node is followed by what is below it. Positions count in that order. */
export interface TreeLayout {
  /** Which observation stands at a position. */
  readonly order: Int32Array
  readonly depths: Uint16Array
  /** The position after the last one below; that of the next sibling, or an uncle. */
  readonly subtreeEnds: Int32Array
  /** The position of the parent; -1 for none. */
  readonly parents: Int32Array
}

/** What the tree is made of. */
export interface TreeColumns {
  readonly ids: readonly string[]
  readonly parentIds: readonly string[]
}

/**
 * Puts observations into the order of reading. Every one comes exactly once: parents are what senders claim, and may form chains of any
 * length, circles, or point nowhere.
 *
 * @param columns The observations, oldest first, which is the order of siblings.
 * @returns The tree.
 */
export function layOutTree({ ids, parentIds }: TreeColumns): TreeLayout {
  const size = ids.length
  const indexById = new Map<string, number>()
  for (let index = 0; index < size; index++) indexById.set(ids[index] ?? '', index)
  const firstChild = new Int32Array(size).fill(-1)
  const nextSibling = new Int32Array(size).fill(-1)
  const roots: number[] = []
  // Backwards, so that putting each in front leaves the oldest first.
  for (let index = size - 1; index >= 0; index--) {
    const parent = indexById.get(parentIds[index] ?? '') ?? -1
    if (parent === -1 || parent === index) {
      roots.push(index)
      continue
    }
    nextSibling[index] = firstChild[parent] ?? -1
    firstChild[parent] = index
  }
  return walk(roots, firstChild, nextSibling)
}

function walk(roots: number[], firstChild: Int32Array, nextSibling: Int32Array): TreeLayout {
  const size = firstChild.length
  const layout: TreeLayout = {
    order: new Int32Array(size),
    depths: new Uint16Array(size),
    subtreeEnds: new Int32Array(size),
    parents: new Int32Array(size),
  }
  const isSeen = new Uint8Array(size)
  let position = 0
  const visit = (root: number): void => {
    // Siblings wait on the stack while the children of one of them are walked.
    const path: { index: number; position: number }[] = []
    let index = root
    while (true) {
      if (isSeen[index] === 1) {
        // A circle came round to where it began.
        if (path.length === 0) return
        index = nextSibling[index] ?? -1
        continue
      }
      if (index === -1) {
        const done = path.pop()
        if (done === undefined) return
        layout.subtreeEnds[done.position] = position
        index = path.length === 0 ? -1 : (nextSibling[done.index] ?? -1)
        continue
      }
      isSeen[index] = 1
      layout.order[position] = index
      layout.depths[position] = path.length
      layout.parents[position] = path.at(-1)?.position ?? -1
      path.push({ index, position })
      position += 1
      index = firstChild[index] ?? -1
    }
  }
  for (const root of roots.toReversed()) visit(root)
  // What is left stands in a circle of parents, to which no root leads.
  for (let index = 0; index < size; index++) if (isSeen[index] === 0) visit(index)
  return layout
}

/**
 * The positions that are seen when some nodes are folded.
 *
 * @param layout The tree.
 * @param folded The observations whose children are hidden.
 * @returns Positions, in order.
 */
export function unfoldedPositions({ order, subtreeEnds }: TreeLayout, folded: ReadonlySet<number>): Int32Array {
  const seen = new Int32Array(order.length)
  let count = 0
  for (let position = 0; position < order.length; ) {
    seen[count++] = position
    position = folded.has(order[position] ?? -1) ? (subtreeEnds[position] ?? order.length) : position + 1
  }
  return seen.subarray(0, count)
}
