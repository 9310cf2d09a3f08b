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
  const parts = (Array.isArray(value) ? value : [value]).map(textOfPart)
  const texts = parts.filter((part) => part !== undefined)
  // Pictures and other parts without text are left out; a list without any text is no chat content.
  if (texts.length > 0) return texts.join('')
  return encode(value)
}

/** The text of a content part of OpenAI (`text`, `input_text`, `output_text`), Anthropic (`text`) or Gemini (no type); else nothing. */
function textOfPart(part: unknown): string | undefined {
  if (!isRecord(part) || typeof part.text !== 'string') return undefined
  return part.type === undefined || (typeof part.type === 'string' && /text$/.test(part.type)) ? part.text : undefined
}

// What came as JSON goes back to JSON, unless it is nested deeper than the stack.
function encode(value: object): string {
  try {
    return JSON.stringify(value)
  } catch {
    return ''
  }
}
