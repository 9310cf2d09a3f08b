import type { ComponentChildren, VNode } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'

/** Between a panel and the edge of the window, in pixels. */
const MARGIN = 12

/** What a popover is given. */
export interface PopoverProps {
  readonly label: string
  /** Whether the button shows that something is set. */
  readonly isActive?: boolean
  /** Made when it opens. */
  readonly children: (close: () => void) => ComponentChildren
}

/** A button that opens a small panel below itself. Esc and a click elsewhere close it. */
export function Popover({ label, isActive = false, children }: PopoverProps): VNode {
  const [isOpen, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const close = (): void => {
    setOpen(false)
    root.current?.querySelector('button')?.focus()
  }
  // Not past the right edge of the window.
  useLayoutEffect(() => {
    const panel = root.current?.querySelector<HTMLElement>('.popover-panel')
    const right = panel?.getBoundingClientRect().right ?? 0
    const over = right - (document.documentElement.clientWidth - MARGIN)
    if (over > 0) panel?.style.setProperty('left', `${-over}px`)
  }, [isOpen])
  useEffect(() => {
    if (!isOpen) return
    root.current?.querySelector<HTMLElement>('.popover-panel input, .popover-panel select')?.focus()
    const onPointer = (event: PointerEvent): void => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false)
    }
    addEventListener('pointerdown', onPointer)
    return () => removeEventListener('pointerdown', onPointer)
  }, [isOpen])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc belongs to whatever has the focus inside
    <div
      class="popover"
      ref={root}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return
        event.preventDefault()
        close()
      }}
    >
      <button type="button" aria-expanded={isOpen} data-active={isActive} onClick={() => setOpen(!isOpen)}>
        {label}
      </button>
      {isOpen && (
        <fieldset class="popover-panel" aria-label={label}>
          {children(close)}
        </fieldset>
      )}
    </div>
  )
}
