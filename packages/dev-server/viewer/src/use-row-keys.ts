import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { type Shortcuts, useShortcuts } from './use-shortcuts.js'

/** What the keys of a list do. */
export interface RowKeys {
  readonly count: number
  /** Enter on a row. */
  readonly open: (index: number) => void
  /** Esc when no row is chosen. */
  readonly leave?: () => void
  /** Further keys; they get the row the keyboard is at, or -1. */
  readonly more?: Readonly<Record<string, (index: number) => void>>
}

/**
 * Makes `j`, `k` and Enter walk through the rows of a list, `/` go to its search, and Esc back. The row the keyboard is at has
 * `data-selected`, and is scrolled into view.
 *
 * @param keys What there is to walk through.
 * @returns The row the keyboard is at; -1 for none.
 */
export function useRowKeys({ count, open, leave, more = {} }: RowKeys): number {
  // A signal: keys come faster than pages are drawn.
  const selected = useSignal(-1)
  const select = (row: number): void => {
    selected.value = Math.max(0, Math.min(row, count - 1))
  }
  const added: Shortcuts = Object.fromEntries(
    Object.entries(more).map(([key, action]) => [key, () => action(selected.peek())]),
  )
  useShortcuts({
    j: () => select(selected.peek() + 1),
    k: () => select(selected.peek() - 1),
    Enter: () => {
      if (selected.peek() >= 0 && selected.peek() < count) open(selected.peek())
    },
    '/': () => document.getElementById('search')?.focus(),
    Escape: () => {
      if (selected.peek() >= 0) selected.value = -1
      else leave?.()
    },
    ...added,
  })
  const current = selected.value < count ? selected.value : -1
  useEffect(() => {
    if (current >= 0) document.querySelector('[data-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [current])
  return current
}
