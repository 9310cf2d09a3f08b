import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { invalidOption } from './invalid-option.js'

/**
 * Checks the path of a file.
 *
 * @param value - What the caller passed.
 * @param name - The argument's name, for the message.
 * @returns The path, absolutely.
 * @throws {LoaderError} `invalid_options` if it is neither text nor a `file:` URL, or names nothing.
 */
export function readPath(value: unknown, name: string): string {
  if (typeof value === 'string' && value !== '' && !value.includes('\0')) return resolve(value)
  if (value instanceof URL && value.protocol === 'file:') return fileURLToPath(value)
  throw invalidOption(name, 'it is no path', "expected for example 'traces.jsonl'")
}
