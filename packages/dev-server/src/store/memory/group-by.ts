/**
 * Puts rows that have something in common together.
 *
 * @param rows The rows.
 * @param keyOf What they may have in common.
 * @returns The groups, in the order of their first rows.
 */
export function groupBy<Row, Key>(rows: Iterable<Row>, keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [row])
    else group.push(row)
  }
  return groups
}
