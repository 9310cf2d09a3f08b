import { InvalidArgumentError } from 'commander'

/**
 * Reads the name of a dataset.
 *
 * @param text - What was typed.
 * @returns The name.
 * @throws {InvalidArgumentError} If it is empty.
 */
export function parseDatasetName(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('Expected the name of a dataset')
  return text
}
