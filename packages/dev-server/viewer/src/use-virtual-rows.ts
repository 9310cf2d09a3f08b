import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** Rows above and below what is seen, so that a fast scroll meets no gap. */
const OVERSCAN = 6

/** The rows to render. */
export interface RowWindow {
  readonly start: number
  /** The first one that is not rendered any more. */
  readonly end: number
}

/**
 * Finds out which rows of a scrolled list are seen. All rows have the same height: then a hundred thousand need no measuring.
 *
 * @param scroller The element that scrolls.
 * @param rowCount How many rows there are.
 * @param rowHeight Their height in pixels.
 * @returns The rows to render.
 */
export function useVirtualRows(
  scroller: RefObject<HTMLElement | null>,
  rowCount: number,
  rowHeight: number,
): RowWindow {
  const [{ top, height }, setView] = useState({ top: 0, height: 800 })
  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    const look = (): void => setView({ top: element.scrollTop, height: element.clientHeight })
    const resizes = new ResizeObserver(look)
    resizes.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    look()
    return () => {
      resizes.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [scroller])
  const first = Math.floor(top / rowHeight)
  return {
    start: Math.max(0, Math.min(first - OVERSCAN, rowCount)),
    end: Math.min(rowCount, first + Math.ceil(height / rowHeight) + OVERSCAN),
  }
}

/**
 * Scrolls a row into view, no further than needed.
 *
 * @param scroller The element that scrolls.
 * @param row Which row.
 * @param rowHeight Its height in pixels.
 * @param headHeight What a sticky head covers, in pixels.
 */
export function scrollToRow(scroller: HTMLElement | null, row: number, rowHeight: number, headHeight: number): void {
  if (scroller === null) return
  const top = row * rowHeight
  const bottom = top + rowHeight + headHeight
  if (top < scroller.scrollTop) scroller.scrollTop = top
  else if (bottom > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = bottom - scroller.clientHeight
}
