// Controls (C0, DEL, C1), line separators, surrogates without a partner, private use, and format characters, among them the marks that
// turn the direction of text. The two joiners stay: emoji and several scripts are made with them, and they move nothing.
const UNSAFE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu

/**
 * Makes text from elsewhere safe to print: whatever could move the cursor, change colours, title or clipboard, forge a line or reverse
 * the reading direction is shown as a visible sign instead. Traces hold what strangers typed into a chat.
 *
 * @param text - Any text.
 * @returns One line of printable text: `\n` becomes `␊`, ESC `␛`, a right-to-left override `<U+202E>`.
 */
export function plainText(text: string): string {
  return text.replace(UNSAFE, (character) => {
    const code = character.codePointAt(0) ?? 0
    // Unicode has a picture for every C0 control and for DEL (block Control Pictures, U+2400).
    if (code < 0x20) return String.fromCodePoint(0x2400 + code)
    if (code === 0x7f) return '\u2421'
    return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`
  })
}
