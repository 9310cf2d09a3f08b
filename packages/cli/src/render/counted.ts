/**
 * Says how many there are of something.
 *
 * @param count - How many.
 * @param thing - What, in the singular; its plural ends in s.
 * @returns `1 trace`, `2 traces`.
 */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`
}
