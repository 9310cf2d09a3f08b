/** A rule that finds one kind of data. Linear in the length of the text, whatever the text is: nothing watches its time. */
export interface TextRule {
  /**
   * Masks what it finds. In JSON as it stands, with its short escapes (`\n`, `\"`), it hits wherever it would hit one of its strings;
   * so a text without a hit need not be taken apart.
   *
   * @param text - Any text.
   * @returns The text with a mark in place of each hit; the text itself if there is none.
   */
  mask(text: string): string
  /**
   * The mark for a value, if its name alone says that it is a secret: `api_key`.
   *
   * @param name - The name of an attribute, or a key of JSON.
   */
  markForName?(name: string): string | undefined
}
