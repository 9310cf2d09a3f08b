import { searchPhrases } from '../viewer/search-expression.js'

/**
 * A search for what someone typed, as the full-text index of the other store does it: every word must be there, quoted ones next to each other,
 * and the last word may be unfinished. Neither case nor accents count.
 *
 * @param text What was typed.
 * @returns Says whether texts have all of it between them; undefined when there is no word in it.
 */
export function searchWords(text: string): ((texts: readonly string[]) => boolean) | undefined {
  const phrases = searchPhrases(text)
  if (phrases.length === 0) return undefined
  const isUnfinished = /[\p{L}\p{N}]$/u.test(text)
  const patterns = phrases.map((phrase, index) => phrasePattern(phrase, isUnfinished && index === phrases.length - 1))
  return (texts) => {
    const folded = texts.map(fold)
    return patterns.every((pattern) => folded.some((each) => pattern.test(each)))
  }
}

/** What words are made of; everything else stands between them. */
const WORD = '\\p{L}\\p{N}\\p{Co}'

function phrasePattern(phrase: string, isUnfinished: boolean): RegExp {
  // Words have no sign that means something in a pattern.
  const words = fold(phrase).match(new RegExp(`[${WORD}]+`, 'gu')) ?? []
  return new RegExp(`(?<![${WORD}])${words.join(`[^${WORD}]+`)}${isUnfinished ? '' : `(?![${WORD}])`}`, 'u')
}

function fold(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
}
