import { useLayoutEffect, useRef } from 'preact/hooks'

/** What keys do on a page: by `KeyboardEvent.key`. */
export type Shortcuts = Readonly<Record<string, () => void>>

/**
 * Makes keys do something while a component is there. Keys that are typed into a field, or that come with a modifier, stay what they are; so
 * does everything while a dialog is open.
 *
 * @param shortcuts What the keys do.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      const target = event.target
      if (target instanceof HTMLElement && target.closest('input, textarea, select, dialog') !== null) return
      // Enter on a button or a link is the button's or the link's.
      if (event.key === 'Enter' && target instanceof HTMLElement && target.closest('a, button, summary') !== null)
        return
      const { current } = latest
      const action = Object.hasOwn(current, event.key) ? current[event.key] : undefined
      if (action === undefined) return
      event.preventDefault()
      action()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
}
