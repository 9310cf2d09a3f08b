import type { TextOperator } from '../observation-query.js'
import { storedText } from './stored-copy.js'

/** A text, and how to compare with it. */
export interface TextComparison {
  readonly operator: TextOperator
  readonly value: string
}

/**
 * Whether a stored text is what a condition asks for.
 *
 * @param text The text.
 * @param comparison What is asked for. Everything contains the empty text, and nothing does not.
 * @returns Whether it is.
 */
export function matchesText(text: string, { operator, value }: TextComparison): boolean {
  const wanted = storedText(value)
  switch (operator) {
    case '=':
      return text === wanted
    case 'contains':
      return text.includes(wanted)
    case 'does not contain':
      return !text.includes(wanted)
    case 'starts with':
      return text.startsWith(wanted)
    case 'ends with':
      return text.endsWith(wanted)
    case 'matches':
      return containsText(text, wanted)
  }
}

/**
 * Whether a text stands somewhere in another, in upper or lower case. As in SQLite, letters beyond ASCII have no case.
 *
 * @param text The text to look in.
 * @param part The text to look for.
 * @returns Whether it is there.
 */
export function containsText(text: string, part: string): boolean {
  return asciiLowerCase(text).includes(asciiLowerCase(part))
}

/**
 * Puts A to Z into lower case, and nothing else.
 *
 * @param text A text.
 * @returns The text.
 */
export function asciiLowerCase(text: string): string {
  return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase())
}
