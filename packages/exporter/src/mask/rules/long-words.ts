// Letters, digits and what keys, tokens and URLs are made of beside them.
const IS_PART = new Uint8Array(128)
for (const char of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.~+/:=-')
  IS_PART[char.charCodeAt(0)] = 1

/** Shorter ones are words of a language. */
const LEAST_LENGTH = 16

/**
 * Replaces the long words of a text. Only every sixteenth character is looked at to find them, which costs a fraction of a regular
 * expression that looks at all.
 *
 * @param text - The text.
 * @param replace - Is given a word and where it begins; returns what takes its place.
 * @returns The text itself when no word changed.
 */
export function replaceLongWords(text: string, replace: (word: string, start: number) => string): string {
  let masked = ''
  let kept = 0
  for (let probe = LEAST_LENGTH - 1; probe < text.length; probe += LEAST_LENGTH) {
    if (!isPart(text, probe)) continue
    let start = probe
    while (start > 0 && isPart(text, start - 1)) start--
    let end = probe + 1
    while (end < text.length && isPart(text, end)) end++
    // The end of the word is where the next one can begin at the earliest.
    probe = end
    if (end - start < LEAST_LENGTH) continue
    const word = text.slice(start, end)
    const replacement = replace(word, start)
    if (replacement === word) continue
    masked += text.slice(kept, start) + replacement
    kept = end
  }
  return kept === 0 ? text : masked + text.slice(kept)
}

function isPart(text: string, at: number): boolean {
  return IS_PART[text.charCodeAt(at)] === 1
}
