import { InvalidArgumentError } from 'commander'

/**
 * Reads the path of a file to write.
 *
 * @param text - What was typed.
 * @returns The path.
 * @throws {InvalidArgumentError} If it names no file: empty, or the `-` that other commands take for standard output.
 */
export function parseOutput(text: string): string {
  if (text === '') throw new InvalidArgumentError('Expected the path of a file')
  if (text === '-') throw new InvalidArgumentError('Expected the path of a file; standard output is /dev/stdout')
  return text
}
