import type { VNode } from 'preact'
import { CopyButton } from './copy-button.js'

/** Code to copy. */
export function CodeBlock({ text }: { readonly text: string }): VNode {
  return (
    <div class="code">
      <pre>{text}</pre>
      <CopyButton label="Copy" text={() => text} />
    </div>
  )
}
