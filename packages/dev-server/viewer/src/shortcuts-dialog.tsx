import { signal } from '@preact/signals'
import type { VNode } from 'preact'
import { Dialog } from './controls/dialog.js'

/** Whether the list of shortcuts is open. */
export const showsHelp = signal(false)

const SHORTCUTS: readonly (readonly [string, string])[] = [
  ['j  k', 'Next, previous row, step or turn'],
  ['Enter', 'Open the row; fold the step'],
  ['←  →', 'Fold, unfold the step'],
  ['[  ]', 'Newer, older trace'],
  ['x', 'Choose an experiment to compare'],
  ['/', 'Search'],
  ['Esc', 'Back to the list; clear the search'],
  ['?', 'This list'],
]

/** The list of keyboard shortcuts. */
export function ShortcutsDialog(): VNode {
  return (
    <Dialog
      title="Keyboard"
      onClose={() => {
        showsHelp.value = false
      }}
    >
      <dl class="shortcuts">
        {SHORTCUTS.map(([keys, meaning]) => (
          <div key={keys}>
            <dt>
              {keys.split('  ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
