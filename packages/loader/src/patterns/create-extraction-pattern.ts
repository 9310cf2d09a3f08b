import { invalidOption } from '../options/invalid-option.js'

/**
 * Makes a pattern for what stands between a text and an end: the part of a prompt that a template filled in.
 *
 * The pattern reads from the first place where the text stands; it goes over what follows once, whatever that is.
 *
 * @param startText - What stands before it, literally.
 * @param endPattern - What stands behind it: literal text, or a pattern. @default the end of the prompt
 * @returns A pattern whose first group is what stands between; where the end is missing, everything up to the end of the prompt.
 * @throws {LoaderError} `invalid_options` if either is something else.
 *
 * @example
 * ```ts
 * const context = createExtractionPattern('Context:', /\n\s*Question:/)
 * ```
 */
export function createExtractionPattern(startText: string, endPattern?: string | RegExp): RegExp {
  for (const [name, text] of Object.entries({ startText, endPattern: endPattern ?? '' })) {
    if (typeof text !== 'string' && !(name === 'endPattern' && text instanceof RegExp))
      throw invalidOption(name, `it is of type ${typeof text}`, 'expected text; for the end, text or a RegExp')
  }
  const ends = endPattern === undefined ? '$' : `(?:${sourceOf(endPattern)})|$`
  // Of the flags, those that change what a pattern means go over; `m` cannot, for `$` has to be the end of the prompt.
  const flags = endPattern instanceof RegExp ? endPattern.flags.replace(/[^isu]/g, '') : ''
  return new RegExp(`${escapeText(startText)}([^]*?)(?=${ends})`, flags)
}

function sourceOf(pattern: string | RegExp): string {
  return typeof pattern === 'string' ? escapeText(pattern) : pattern.source
}

function escapeText(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
