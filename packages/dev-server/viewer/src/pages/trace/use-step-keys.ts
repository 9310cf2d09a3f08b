import { go, place } from '../../router/location.js'
import { useShortcuts } from '../../use-shortcuts.js'
import { traceAddress } from '../traces/filter-params.js'
import type { OpenTrace } from './open-trace.js'

/** What the keys of a trace work with. */
export interface StepKeys {
  readonly trace: OpenTrace
  /** The positions that are not hidden in folded steps. */
  readonly positions: Int32Array
  readonly folded: ReadonlySet<number>
  readonly select: (index: number) => void
  readonly setFold: (index: number, isFolded: boolean) => void
  readonly back: () => void
  /** The address of the list. */
  readonly list: string
}

/** Makes the keys walk through the steps of a trace, fold them, and lead to its neighbours. */
export function useStepKeys({ trace, positions, folded, select, setFold, back, list }: StepKeys): void {
  const { layout, neighbours } = trace
  // Read when a key comes, and not when the page was drawn: keys come faster.
  const current = (): { index: number; position: number; hasChildren: boolean } => {
    const index = selectedIndex(trace)
    const position = layout.order.indexOf(index)
    return { index, position, hasChildren: (layout.subtreeEnds[position] ?? 0) > position + 1 }
  }
  const move = (by: number): void => {
    const row = positions.indexOf(current().position)
    const next = positions[Math.max(0, Math.min(row + by, positions.length - 1))]
    if (next !== undefined) select(layout.order[next] ?? 0)
  }
  const close = (): void => {
    const { index, position, hasChildren } = current()
    const parent = layout.parents[position] ?? -1
    if (hasChildren && !folded.has(index)) setFold(index, true)
    else if (parent !== -1) select(layout.order[parent] ?? 0)
  }
  const open = (): void => {
    const { index, hasChildren } = current()
    if (folded.has(index)) setFold(index, false)
    else if (hasChildren) move(1)
  }
  const toggle = (): void => {
    const { index, hasChildren } = current()
    if (hasChildren) setFold(index, !folded.has(index))
  }
  const openTrace = (id: string | undefined): void => {
    if (id !== undefined) go(traceAddress(id, place.value.params))
  }
  const search = (): void => {
    go(list)
    requestAnimationFrame(() => document.getElementById('search')?.focus())
  }
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    ArrowLeft: close,
    ArrowRight: open,
    Enter: toggle,
    '[': () => openTrace(neighbours.newer),
    ']': () => openTrace(neighbours.older),
    Escape: back,
    '/': search,
  })
}

/**
 * The observation that the address names.
 *
 * @param trace The trace.
 * @returns Its index; that of the root when none is named, or one that is not there.
 */
export function selectedIndex({ columns, layout }: OpenTrace): number {
  const id = place.value.params.get('step')
  const found = id === null ? -1 : columns.ids.indexOf(id)
  return found === -1 ? (layout.order[0] ?? 0) : found
}
