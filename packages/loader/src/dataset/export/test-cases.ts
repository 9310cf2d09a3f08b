import type { DatasetItem } from '../dataset-item.js'
import { numberRepeats } from '../number-repeats.js'

/** A title that no other case has, and its item. */
export type TestCase = readonly [title: string, item: DatasetItem]

const MAX_TITLE = 80

/**
 * Makes cases for `test.each` of Vitest or Jest.
 *
 * @param items - The items.
 * @returns For each its title, which is the question on one line, and the item.
 *
 * @example
 * ```ts
 * test.each(toTestCases(dataset))('%s', async (_, item) => {
 *   expect(await answer(item.query)).toBe(item.expectedOutput)
 * })
 * ```
 */
export function toTestCases(items: Iterable<DatasetItem>): TestCase[] {
  const nextTitle = numberRepeats()
  return Array.from(items, (item) => [nextTitle(titleOf(item)), item])
}

// One line without control characters, so that reporters and their filters by name can show and take it.
function titleOf(item: DatasetItem): string {
  const line = item.query.replace(/[\s\p{Cc}]+/gu, ' ').trim()
  const title = [...line].slice(0, MAX_TITLE).join('')
  return title === '' ? item.id : title
}
