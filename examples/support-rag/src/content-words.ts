// Words that say nothing of what a text is about.
const STOP_WORDS = new Set(
  'a an and are as at be by can could do does for from get happen have how i if in into is it its me my of on or our should so that the their there they this to up was we what when where which who why will with would you your'.split(
    ' ',
  ),
)

/**
 * A word as it is compared: `traces` and `trace`, `installing` and `install` meet.
 *
 * @param word - One word.
 * @returns Its stem in lower case, enough for English; `undefined` for a word that says nothing.
 */
export function contentWord(word: string): string | undefined {
  const lower = word.toLowerCase()
  if (STOP_WORDS.has(lower)) return undefined
  return lower.length <= 4 ? lower.replace(/s$/, '') : lower.replace(/(ing|ed|es|s|e)$/, '')
}

/** The words of a text that say what it is about, each once. */
export function contentWords(text: string): Set<string> {
  const words = text.match(/[A-Za-z][A-Za-z0-9]+/g) ?? []
  return new Set(words.map(contentWord).filter((word) => word !== undefined))
}
