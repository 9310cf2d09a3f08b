import { InvalidArgumentError } from 'commander'

/** Stands for standard output where a file is written, and for standard input where one is read. */
export const STANDARD_STREAM = '-'

// Opening one of these anew fails where standard output is a socket, and cuts a file that the shell opened to append.
const NAMES_OF_STDOUT: readonly string[] = ['/dev/stdout', '/dev/fd/1', '/proc/self/fd/1']

/**
 * Reads the path of a file to write.
 *
 * @param text - What was typed.
 * @returns The path; {@link STANDARD_STREAM} for standard output, however it was named.
 * @throws {InvalidArgumentError} If it is empty.
 */
export function parseOutput(text: string): string {
  if (text === '') throw new InvalidArgumentError('Expected the path of a file, or - for standard output')
  return NAMES_OF_STDOUT.includes(text) ? STANDARD_STREAM : text
}
