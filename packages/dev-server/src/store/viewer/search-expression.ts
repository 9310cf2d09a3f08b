/**
 * What someone typed as an expression of SQLite's full-text search: every word must be there, quoted ones next to each other, and the last
 * word may be unfinished.
 *
 * @param text What was typed.
 * @returns The expression, in which everything from outside is a quoted string; undefined when there is no word in it.
 */
export function searchExpression(text: string): string | undefined {
  const phrases = searchPhrases(text)
  if (phrases.length === 0) return undefined
  const isUnfinished = /[\p{L}\p{N}]$/u.test(text)
  return phrases.map((phrase) => `"${phrase}"`).join(' AND ') + (isUnfinished ? ' *' : '')
}

/**
 * The words and quoted phrases that someone typed.
 *
 * @param text What was typed.
 * @returns Those with a letter or a digit in them; none has a quote or a NUL.
 */
export function searchPhrases(text: string): string[] {
  const phrases = [...text.replaceAll('\0', ' ').matchAll(/"([^"]*)"?|[^\s"]+/g)].map(
    ([whole, quoted]) => quoted ?? whole,
  )
  return phrases.filter((phrase) => /[\p{L}\p{N}]/u.test(phrase))
}
