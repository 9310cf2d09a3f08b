/**
 * Quotes a word for a POSIX shell, where it needs it: the lines that `axion dev` prints are there to be pasted.
 *
 * @param word - The word.
 * @returns The word as a shell reads it back.
 */
export function shellQuote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
