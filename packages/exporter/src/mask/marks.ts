/** What stands where a regular expression matched. */
export const MASKED = '<masked>'

/** What stands for a whole field when a rule could not be trusted with it. */
export const RULE_FAILED = '<masked: a rule failed>'

/** What stands for JSON inside of JSON beyond the depth to which strings are taken out of it. */
export const TOO_DEEP = '<masked: nested too deep>'

// Every mark there is: those above and the names of the built-in rules.
const MARK = /<(?:masked(?:: a rule failed|: nested too deep)?|bearer_token|api_key|email|credit_card|iban|phone|ip)>/g

/** As long as the longest mark. */
const REACH = 26

/**
 * Whether a stretch of text is part of a mark. Marks are not text: without this, `/mask/` would mask the mark of the rule before it.
 *
 * @param text - The text.
 * @param start - Where the stretch begins.
 * @param end - Where it ends.
 */
export function isInsideMark(text: string, start: number, end: number): boolean {
  if (end - start > REACH) return false
  const from = Math.max(0, start - REACH)
  for (const { index, 0: mark } of text.slice(from, end + REACH).matchAll(MARK)) {
    if (from + index <= start && end <= from + index + mark.length) return true
  }
  return false
}
