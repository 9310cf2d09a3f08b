import { InvalidArgumentError } from 'commander'

/**
 * Reads the path of a file to read.
 *
 * @param text - What was typed.
 * @returns The path; `-` is standard input.
 * @throws {InvalidArgumentError} If it is empty.
 */
export function parseInput(text: string): string {
  if (text === '') throw new InvalidArgumentError('Expected the path of a file, or - for standard input')
  return text
}
