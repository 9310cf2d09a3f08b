import { InvalidArgumentError } from 'commander'

/**
 * Reads the path of a file or directory that a command keeps something in.
 *
 * @param text - What was typed.
 * @returns The path.
 * @throws {InvalidArgumentError} If it names nothing: an empty variable of a shell must not stand for the current directory.
 */
export function parsePath(text: string): string {
  if (text === '') throw new InvalidArgumentError('Expected a path')
  return text
}
