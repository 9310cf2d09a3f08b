import { contentWords } from './content-words.js'
import type { Passage } from './corpus.js'

/**
 * How much of a question some passages speak of.
 *
 * @param question - What was asked.
 * @param passages - What was found for it.
 * @returns The share of the question's content words that stand in the passages, 0 to 1.
 */
export function coverageOf(question: string, passages: readonly Passage[]): number {
  const asked = contentWords(question)
  const spoken = contentWords(passages.map(({ title, text }) => `${title} ${text}`).join(' '))
  return asked.size === 0 ? 0 : [...asked].filter((word) => spoken.has(word)).length / asked.size
}
