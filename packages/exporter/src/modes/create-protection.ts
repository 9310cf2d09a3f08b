import { isContentCaptured } from '@axion/core'
import type { OutgoingSpan } from '../encode/outgoing-span.js'
import { createMask } from '../mask/create-mask.js'
import { dropContent } from '../mask/drop-content.js'
import { maskFile } from '../mask/mask-file.js'
import type { RuleFailure } from '../mask/mask-rule.js'
import { maskSpans } from '../mask/mask-span.js'
import type { MaskFile } from '../media/media.js'
import type { ResolvedExporterOptions } from '../options/exporter-options.js'
import type { Reporter } from '../report.js'

/** What everything goes through before it leaves: nothing that must not leave is left in it. */
export interface Protection {
  /** For spans, many at once. Does not throw. */
  readonly protect: Protect
  /** For files that are uploaded beside them; undefined when there is nothing to mask. */
  readonly maskFile: MaskFile | undefined
}

type Protect = (spans: readonly OutgoingSpan[]) => readonly OutgoingSpan[]

/**
 * Creates the protection that the options ask for: content is dropped where it is not to be captured, whichever instrumentation wrote it,
 * and what is left is masked.
 *
 * @param options - The resolved options.
 * @param reporter - Told once about each way in which a rule fails.
 */
export function createProtection({ captureContent, mask }: ResolvedExporterOptions, reporter: Reporter): Protection {
  const withoutContent: Protect = (spans) =>
    captureContent === false || !isContentCaptured() ? spans.map((span) => dropContent(span)) : spans
  if (mask.length === 0) return { protect: withoutContent, maskFile: undefined }
  const masking = createMask(mask, {
    onRuleFailed: (ruleIndex, kind) => {
      const message = `mask[${ruleIndex}] ${WHAT_IT_DID[kind]}: such fields are masked as a whole. ${ADVICE[kind]}`
      reporter.once({ level: 'warn', code: 'mask_failed', message }, `${ruleIndex} ${kind}`)
    },
  })
  return {
    protect: (spans) => maskSpans(withoutContent(spans), masking),
    maskFile: (bytes, contentType, place) => maskFile(bytes, contentType, place, masking),
  }
}

const WHAT_IT_DID: Readonly<Record<RuleFailure, string>> = {
  threw: 'threw',
  not_a_string: 'gave something else than a string',
  returned_a_promise: 'gave a promise',
  timed_out: 'took too long',
}

const ADVICE: Readonly<Record<RuleFailure, string>> = {
  threw: 'Make it handle every text.',
  not_a_string: 'Make it return the text when there is nothing to mask.',
  returned_a_promise: 'Make it answer at once.',
  timed_out: 'Make it faster: nested quantifiers are slow on long texts.',
}
