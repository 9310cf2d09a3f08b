import { setContentCapture } from '@axion/core'

/**
 * Sets the process's gate for inputs and outputs, which `@axion/core` keeps.
 *
 * @param enabled - The `captureContent` option; undefined leaves the gate alone.
 * @returns Gives the decision back to the environment, if it was taken here.
 */
export function applyContentCapture(enabled: boolean | undefined): () => void {
  if (enabled === undefined) return () => {}
  setContentCapture(enabled)
  return () => setContentCapture(undefined)
}
