import type { Paint, Style } from './paint.js'
import { cutToWidth } from './text-width.js'

/** A line below a node's title; its text is printable already. */
export interface DetailLine {
  readonly text: string
  readonly style: Style
}

/** How one node looks. */
export interface NodeLook {
  /** Printable, painted, and never cut. */
  readonly title: string
  readonly details: readonly DetailLine[]
}

interface Place<Node> {
  readonly node: Node
  readonly depth: number
  /** What stands before the title. */
  readonly branch: string
  /** What stands before everything below the title. */
  readonly trunk: string
}

// Deeper, the branches would take the whole line; and with one prefix a level, 100,000 levels would be gigabytes of them.
const MAX_INDENTED_DEPTH = 24

/**
 * Draws trees, parents before their children. Works without recursion, because a trace may be as deep as its sender likes.
 *
 * @param roots - The trees.
 * @param childrenOf - A node's children.
 * @param lookOf - A node's look.
 * @param paint - Gives the details their look.
 * @param maxColumns - Where to cut the details.
 * @returns The lines, without newlines.
 */
export function* renderTree<Node>(
  roots: readonly Node[],
  childrenOf: (node: Node) => readonly Node[],
  lookOf: (node: Node) => NodeLook,
  paint: Paint,
  maxColumns: number,
): Generator<string> {
  const pending: Place<Node>[] = roots.map((node) => ({ node, depth: 0, branch: '', trunk: '' })).reverse()
  for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
    const { node, depth, branch, trunk } = place
    const { title, details } = lookOf(node)
    const children = childrenOf(node)
    yield `${branch}${title}`
    const gutter = `${trunk}${children.length > 0 ? '│ ' : '  '}`
    for (const { text, style } of details) {
      yield `${gutter}${paint(style, cutToWidth(text, Math.max(1, maxColumns - gutter.length)))}`
    }
    // A stack gives back the last first.
    for (const [index, child] of [...children.entries()].reverse()) {
      pending.push({ node: child, depth: depth + 1, ...indent(trunk, depth + 1, index === children.length - 1) })
    }
  }
}

function indent(trunk: string, depth: number, isLast: boolean): { branch: string; trunk: string } {
  if (depth > MAX_INDENTED_DEPTH) return { branch: `${trunk}└─ (level ${depth}) `, trunk }
  return isLast ? { branch: `${trunk}└─ `, trunk: `${trunk}   ` } : { branch: `${trunk}├─ `, trunk: `${trunk}│  ` }
}
