import { plainText } from './plain-text.js'

// Far more than any terminal shows; keeps a payload of megabytes from being copied for one line.
const MAX_CHARACTERS = 2000

/**
 * Shows the beginning of a payload on one line.
 *
 * @param value - An input, an output, metadata: any parsed JSON.
 * @returns Its first line that is not blank, ending in `…` if there is more; `undefined` if there is none.
 */
export function firstLine(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined
  const text = (typeof value === 'string' ? value : toJson(value)).trim()
  if (text === '') return undefined
  const end = text.search(/[\r\n]/)
  const line = text.slice(0, Math.min(end === -1 ? text.length : end, MAX_CHARACTERS))
  return `${plainText(line.trimEnd())}${line.length < text.length ? ' …' : ''}`
}

function toJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? ''
  } catch {
    // The parser takes nesting that is too deep for the writer's stack. The rest of the trace is still worth showing.
    return '[nested too deeply to show]'
  }
}
