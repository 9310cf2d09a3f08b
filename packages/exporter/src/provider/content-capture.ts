import { setContentCapture } from '@axion/core'

/**
 * Sets the process's gate for inputs and outputs, which `@axion/core` keeps.
 *
 * @param enabled - The `captureContent` option; undefined leaves the gate alone.
 */
export function applyContentCapture(enabled: boolean | undefined): void {
  if (enabled !== undefined) setContentCapture(enabled)
}
