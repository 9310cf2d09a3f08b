import { CliError } from '../cli-error.js'

// What JSON leaves as it is and a terminal acts upon: DEL, C1 controls, direction marks and other format characters.
const UNSAFE_IN_JSON = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu

/**
 * Writes a value as one line of JSON that is safe to print too: what could act on a terminal is written as `\u` escapes, so every
 * reader of JSON gets the same value back.
 *
 * @param value - Plain data; a `Date` becomes ISO 8601.
 * @returns The line, with its newline.
 * @throws {CliError} `output_failed` if the value is nested deeper than the stack.
 */
export function jsonLine(value: object): string {
  return `${stringify(value).replace(UNSAFE_IN_JSON, escapeUnits)}\n`
}

function stringify(value: object): string {
  try {
    return JSON.stringify(value)
  } catch (cause) {
    throw new CliError('output_failed', 'Cannot write JSON: a payload is nested too deeply: read it without --json', {
      cause,
    })
  }
}

// JSON escapes are UTF-16 units: a character beyond the first plane takes two.
function escapeUnits(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('')
}
