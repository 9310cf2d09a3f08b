// Graphemes, not code points: a family emoji is seven code points in two columns.
const SEGMENTER = new Intl.Segmenter('en', { granularity: 'grapheme' })
const ASCII = /^[\x20-\x7e]*$/
// What terminals draw two columns wide (Unicode TR 11, classes W and F), as far as scripts tell it.
const WIDE =
  /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u
const HALF_WIDTH = /^[\uff61-\uffdc]/
const EMOJI_STYLE = /\ufe0f/
const NO_WIDTH = /^[\p{Mn}\p{Me}\u200c\u200d]/u

/**
 * Measures text as a terminal shows it.
 *
 * @param text - Text without control characters.
 * @returns Columns.
 */
export function textWidth(text: string): number {
  if (ASCII.test(text)) return text.length
  let width = 0
  for (const { segment } of SEGMENTER.segment(text)) width += graphemeWidth(segment)
  return width
}

/**
 * Cuts text to a width, between graphemes.
 *
 * @param text - Text without control characters.
 * @param columns - Most columns, at least 1.
 * @returns The text, ending in `…` if something was cut.
 */
export function cutToWidth(text: string, columns: number): string {
  if (text.length <= columns && ASCII.test(text)) return text
  let width = 0
  let fitting = 0
  for (const { segment, index } of SEGMENTER.segment(text)) {
    width += graphemeWidth(segment)
    // Found out here and not by measuring first: a payload can be megabytes of which one line is shown.
    if (width > columns) return `${text.slice(0, fitting)}…`
    // One column is kept for the ellipsis.
    if (width <= columns - 1) fitting = index + segment.length
  }
  return text
}

function graphemeWidth(grapheme: string): number {
  if (NO_WIDTH.test(grapheme)) return 0
  return (WIDE.test(grapheme) && !HALF_WIDTH.test(grapheme)) || EMOJI_STYLE.test(grapheme) ? 2 : 1
}
