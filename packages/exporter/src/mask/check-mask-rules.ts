import { types } from 'node:util'
import { BUILT_IN_RULES, type BuiltInRule } from './mask-rule.js'

const EXPECTED = `regular expressions, functions or ${BUILT_IN_RULES.map((name) => `'${name}'`).join(', ')}`

/**
 * Says what is wrong with a list of rules.
 *
 * @param value - What the application gave as `mask`; JavaScript callers have no compiler.
 * @returns What was found and what is expected (`'mail' at 0, expected …`), or undefined when every rule can be used.
 */
export function checkMaskRules(value: unknown): string | undefined {
  if (!Array.isArray(value)) return `${kindOf(value)}, expected an array of ${EXPECTED}`
  // Not `findIndex`, which a sparse array may not mean: a hole is no rule.
  for (let index = 0; index < value.length; index++) {
    if (!isRule(value[index])) return `${shown(value[index])} at ${index}, expected ${EXPECTED}`
  }
  return undefined
}

/**
 * Whether a text is the name of a rule that is there already.
 *
 * @param value - Anything.
 */
export function isBuiltInRule(value: unknown): value is BuiltInRule {
  return BUILT_IN_RULES.some((name) => name === value)
}

function isRule(value: unknown): boolean {
  return typeof value === 'function' || types.isRegExp(value) || isBuiltInRule(value)
}

// A name is shown, cut: it may be a secret that someone meant to have masked, and nobody misspells by more than this.
function shown(value: unknown): string {
  if (typeof value !== 'string') return kindOf(value)
  return JSON.stringify(value.length > 20 ? `${value.slice(0, 6)}…` : value)
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
