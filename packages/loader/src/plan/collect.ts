/**
 * Reads a sequence to its end.
 *
 * @param items - The sequence.
 * @returns Its items.
 */
export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = []
  for await (const item of items) list.push(item)
  return list
}
