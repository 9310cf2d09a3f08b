/** Numbers, names and modes that were misspelled are shorter; keys and tokens are longer. */
const LONGEST_SHOWN = 24

/**
 * Shows a text that was refused in a message, unless it may be a secret that came into the wrong setting.
 *
 * @param text - What was given.
 * @returns The quoted text, or how long it is.
 */
export function showText(text: string): string {
  // Langfuse's keys begin with pk- and sk-, as those of many model providers; what stands before an @ may be a password.
  const isShown = text.length <= LONGEST_SHOWN && !/[ps]k-|@/i.test(text)
  return isShown ? JSON.stringify(text) : `a text of ${text.length} characters`
}
