// What shows as nothing, or turns the text around it: control and format characters, except for line breaks, tabs, soft hyphens and the joiner that
// emoji are made with.
const INVISIBLE = /(?![\t\n\r\u00AD\u200D])[\p{Cc}\p{Cf}]/gu

/**
 * Text whose order is what it looks like: invisible characters and marks that turn text around show as their number.
 *
 * @param text Text from outside.
 * @returns For example `invoice\u202Egpj.exe`, with the mark spelled out.
 */
export function visibleText(text: string): string {
  return text.replace(
    INVISIBLE,
    (mark) => `\\u${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
  )
}

/**
 * A payload in one line of a list. Of an object with one field, which is what many functions take and give, that is the field.
 *
 * @param payload The beginning of a text, often of JSON.
 * @returns One line.
 */
export function firstLine(payload: string): string {
  const text = payload.trimStart()
  const [, only] = /^\{\s*"[^"\\]{1,40}"\s*:\s*"((?:[^"\\]|\\.)*)("\s*\}\s*)?$/s.exec(text) ?? []
  return visibleText((only?.replace(/\\n/g, ' ').replace(/\\(["\\/])/g, '$1') ?? text).replace(/\s+/g, ' '))
}
