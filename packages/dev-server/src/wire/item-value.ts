import { isRecord } from '../is-record.js'
import { storedJson } from './stored-json.js'

// Langfuse's database cannot hold them: C0 without tab, line feed, form feed and carriage return, DEL, C1.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
const CONTROL_CHARACTERS = /[\u0000-\u0008\u000B\u000E-\u001F\u007F-\u009F]/g

/**
 * What Langfuse makes of a value of a dataset item: text that is JSON becomes what it stands for, so `"4"` comes back as 4; empty text
 * becomes null; control characters go.
 *
 * @param value Any JSON that does not nest too deep to be followed.
 * @returns The value to store.
 */
export function itemValue(value: unknown): unknown {
  if (value === '' || value === undefined) return null
  return withoutControlCharacters(typeof value === 'string' ? storedJson(value) : value)
}

function withoutControlCharacters(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(CONTROL_CHARACTERS, '')
  if (Array.isArray(value)) return value.map(withoutControlCharacters)
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutControlCharacters(item)]))
}
