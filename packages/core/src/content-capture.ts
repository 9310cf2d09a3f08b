import { contentCaptureFromEnvironment } from './options/content-capture-from-environment.js'
import { processSlot } from './process-slot.js'

/**
 * Opens or closes the one gate through which inputs and outputs reach spans, for the whole process.
 *
 * @param enabled - `false` keeps every input and output off every span, and no value is serialized for them. Takes the place of
 *   `OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT`; `undefined` gives the decision back to it.
 */
export function setContentCapture(enabled: boolean | undefined): void {
  const slot = processSlot()
  if (enabled === undefined) delete slot.captureContent
  else slot.captureContent = enabled
}

/** Whether inputs and outputs may reach spans. @returns `true` by default. */
export function isContentCaptured(): boolean {
  const slot = processSlot()
  slot.captureContent ??= contentCaptureFromEnvironment()
  return slot.captureContent
}
