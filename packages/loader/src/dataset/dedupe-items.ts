import type { DatasetItem } from './dataset-item.js'
import type { DatasetItemFields } from './item-fields.js'

/** What makes two items the same. */
export interface DedupeOptions {
  /**
   * Fields that are compared, or a function that gives what is compared.
   * @default what went in: query, conversation and additionalInput
   */
  by?: readonly (keyof DatasetItemFields)[] | ((item: DatasetItem) => unknown)
}

const WHAT_WENT_IN: readonly (keyof DatasetItemFields)[] = ['query', 'conversation', 'additionalInput']

/**
 * Leaves out items that are the same as an earlier one. Records count as the same whatever the order of their keys.
 *
 * @param items - The items.
 * @param options - What makes two items the same.
 * @returns The first of each, in order.
 */
export function dedupeItems(items: readonly DatasetItem[], options: DedupeOptions = {}): readonly DatasetItem[] {
  const { by = WHAT_WENT_IN } = options
  const seen = new Set<string>()
  return items.filter((item) => {
    const key = canonicalJson(typeof by === 'function' ? by(item) : by.map((field) => item[field]))
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

function canonicalJson(value: unknown): string {
  const text = JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner
    return Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
  })
  // What JSON has no form for (`undefined`) is compared as text.
  return text ?? String(value)
}
