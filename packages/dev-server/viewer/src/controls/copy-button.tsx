import type { VNode } from 'preact'
import { useState } from 'preact/hooks'

/** What a copy button is given. */
export interface CopyButtonProps {
  readonly label: string
  /** Made when it is asked for: it may be megabytes. */
  readonly text: () => string
  readonly class?: string
}

/** Copies a text to the clipboard and says so for a moment. */
export function CopyButton({ label, text, class: kind = 'small' }: CopyButtonProps): VNode {
  const [state, setState] = useState<'' | 'Copied' | 'Not copied'>('')
  const copy = async (): Promise<void> => {
    setState(
      await navigator.clipboard.writeText(text()).then(
        () => 'Copied' as const,
        () => 'Not copied' as const,
      ),
    )
    setTimeout(() => setState(''), 1200)
  }
  return (
    <button type="button" class={kind} onClick={copy} aria-live="polite">
      {state || label}
    </button>
  )
}
