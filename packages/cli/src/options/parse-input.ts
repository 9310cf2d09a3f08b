import { InvalidArgumentError } from 'commander'
import { STANDARD_STREAM } from './parse-output.js'

const NAMES_OF_STDIN: readonly string[] = ['/dev/stdin', '/dev/fd/0', '/proc/self/fd/0']

/**
 * Reads the path of a file to read.
 *
 * @param text - What was typed.
 * @returns The path; {@link STANDARD_STREAM} for standard input, however it was named.
 * @throws {InvalidArgumentError} If it is empty.
 */
export function parseInput(text: string): string {
  if (text === '') throw new InvalidArgumentError('Expected the path of a file, or - for standard input')
  return NAMES_OF_STDIN.includes(text) ? STANDARD_STREAM : text
}
