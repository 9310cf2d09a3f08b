import type { Random } from '../random.js'

const USERS = ['ada', 'grace', 'linus', 'margaret', 'alan', 'barbara', 'edsger', 'frances'] as const

/** @param random - Where chance comes from. @returns Who uses the program. */
export function someUser(random: Random): string {
  return `user-${random.pick(USERS)}`
}
