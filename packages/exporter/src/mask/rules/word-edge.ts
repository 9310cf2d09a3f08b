const BACKSLASH = 0x5c
const LINE_ESCAPES = 'nrtbf'

/**
 * Whether a text goes on to the left of a position with a letter, a digit or an underscore, so that what begins there is part of a
 * longer word. Only ASCII counts: Chinese, Japanese and Thai put no spaces around a number. The `n` of an escaped line end is no letter.
 *
 * @param text - The text.
 * @param at - The position.
 */
export function continuesBefore(text: string, at: number): boolean {
  if (!isWordCode(text.charCodeAt(at - 1))) return false
  return text.charCodeAt(at - 2) !== BACKSLASH || !LINE_ESCAPES.includes(text.charAt(at - 1))
}

/**
 * Whether a text goes on to the right of a position with a letter, a digit or an underscore.
 *
 * @param text - The text.
 * @param at - The position.
 */
export function continuesAfter(text: string, at: number): boolean {
  return isWordCode(text.charCodeAt(at))
}

/**
 * Whether a character is a digit.
 *
 * @param code - Its code; NaN beyond the ends of a text.
 */
export function isDigitCode(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

function isWordCode(code: number): boolean {
  return isDigitCode(code) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code === 0x5f
}
