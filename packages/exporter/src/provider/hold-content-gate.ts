import { isContentCaptured, setContentCapture } from '@axion/core'
import { type ContentGate, processSlot } from '../process-slot.js'

/**
 * Holds the process's gate for inputs and outputs, which `@axion/core` keeps. Closed wins: as long as one holder wants no content on spans,
 * there is none, whoever came first.
 *
 * @param enabled - The `captureContent` option; undefined leaves the gate alone.
 * @returns Lets go, once; the last one to do so leaves the gate as the application wants it.
 */
export function holdContentGate(enabled: boolean | undefined): () => void {
  if (enabled === undefined) return () => {}
  const holder = Symbol('content gate')
  const slot = processSlot()
  slot.contentGate ??= { holders: new Map(), applied: isContentCaptured(), restored: isContentCaptured() }
  const gate = slot.contentGate
  noticeApplication(gate)
  gate.holders.set(holder, enabled)
  apply(gate)
  return () => {
    if (!gate.holders.has(holder)) return
    noticeApplication(gate)
    gate.holders.delete(holder)
    if (gate.holders.size > 0) return apply(gate)
    delete slot.contentGate
    setContentCapture(gate.restored)
  }
}

// `setContentCapture` is the application's too, and nobody tells us when it is called.
function noticeApplication(gate: ContentGate): void {
  const current = isContentCaptured()
  if (current === gate.applied) return
  gate.application = current
  gate.restored = current
}

function apply(gate: ContentGate): void {
  gate.applied = gate.application !== false && ![...gate.holders.values()].includes(false)
  setContentCapture(gate.applied)
}
