import type { VNode } from 'preact'
import { CopyButton } from './copy-button.js'

/** Code to copy. */
export function CodeBlock({ text }: { readonly text: string }): VNode {
  return (
    <div class="code">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, also by keyboard */}
      <pre tabIndex={0}>{text}</pre>
      <CopyButton label="Copy" text={() => text} />
    </div>
  )
}
