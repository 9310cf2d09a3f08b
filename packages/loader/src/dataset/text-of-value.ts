import { isRecord } from '../wire/read-field.js'

/**
 * Gives the text of something that is expected to be text: of chat content the parts' texts, of anything else its JSON.
 *
 * @param value - A payload or a part of one.
 * @returns The text; empty for none.
 */
export function textOfValue(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value !== 'object') return String(value)
  return textOfParts(Array.isArray(value) ? value : [value]) ?? encode(value)
}

/**
 * Joins the texts of chat content parts. Pictures and other parts without text are left out.
 *
 * @param parts - What may be content parts.
 * @returns The text, or `undefined` if none of them is a part with text.
 */
export function textOfParts(parts: readonly unknown[]): string | undefined {
  const texts = parts.map(textOfPart).filter((text) => text !== undefined)
  return texts.length === 0 ? undefined : texts.join('')
}

/** The text of a content part of OpenAI (`text`, `input_text`, `output_text`), Anthropic (`text`) or Gemini (nothing but a text). */
function textOfPart(part: unknown): string | undefined {
  if (!isRecord(part) || typeof part.text !== 'string') return undefined
  const isPart =
    part.type === undefined ? Object.keys(part).length === 1 : typeof part.type === 'string' && /text$/.test(part.type)
  return isPart ? part.text : undefined
}

// What came as JSON goes back to JSON, unless it is nested deeper than the stack.
function encode(value: object): string {
  try {
    return JSON.stringify(value)
  } catch {
    return ''
  }
}
