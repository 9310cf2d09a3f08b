/**
 * The smallest of many numbers, of more than a call takes as arguments.
 *
 * @param numbers The numbers.
 * @returns The smallest; Infinity of none.
 */
export function minOf(numbers: readonly number[]): number {
  return numbers.reduce((smallest, number) => Math.min(smallest, number), Number.POSITIVE_INFINITY)
}

/**
 * The largest of many numbers, of more than a call takes as arguments.
 *
 * @param numbers The numbers.
 * @returns The largest; -Infinity of none.
 */
export function maxOf(numbers: readonly number[]): number {
  return numbers.reduce((largest, number) => Math.max(largest, number), Number.NEGATIVE_INFINITY)
}
