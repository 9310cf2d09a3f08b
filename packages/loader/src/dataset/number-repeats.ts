/**
 * Makes ids unique in the order in which they come: `a`, `a-2`, `a-3`.
 *
 * @returns A function that takes an id and gives the one to use.
 */
export function numberRepeats(): (id: string) => string {
  const counts = new Map<string, number>()
  return (id) => {
    const count = (counts.get(id) ?? 0) + 1
    counts.set(id, count)
    return count === 1 ? id : `${id}-${count}`
  }
}
