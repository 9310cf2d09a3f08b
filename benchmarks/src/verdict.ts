/** How a figure stands to its bound, in a word that the eye finds. */
export type Verdict = 'ok' | 'MISSED'

/**
 * Judges a figure.
 *
 * @param figure - What was measured.
 * @param max - What it must not be over.
 */
export function verdict(figure: number, max: number): Verdict {
  return figure <= max ? 'ok' : 'MISSED'
}
