import { handleRejection } from '../handle-rejection.js'
import { checkMaskRules, isBuiltInRule } from './check-mask-rules.js'
import { isInsideMark, MASKED } from './marks.js'
import type { MaskFunction, MaskPlace, MaskRule, RuleFailure } from './mask-rule.js'
import { builtInRules } from './rules/built-in-rules.js'

/** Masks one text. */
export type MaskWithRule = (text: string, at: MaskPlace) => string

/** Rules in the form in which texts pass through them. */
export interface RuleSet {
  /** All, in order. */
  readonly all: readonly MaskWithRule[]
  /** Those of the application among them. Ours are linear, never fail, and hit in JSON what they would hit in its strings. */
  readonly own: readonly MaskWithRule[]
  /**
   * The mark for a value, if its name alone says that it is a secret.
   *
   * @param name - The name of an attribute, or a key of JSON.
   */
  markForName(name: string): string | undefined
  /** The same without the rules of the application. */
  readonly builtIns: RuleSet
}

/** Thrown where a rule fails and caught where the field ends: what the rule was given is part of neither. */
export class RuleFailed extends Error {
  override readonly name = 'RuleFailed'
  readonly ruleIndex: number
  readonly kind: RuleFailure

  constructor(ruleIndex: number, kind: RuleFailure) {
    super(kind)
    this.ruleIndex = ruleIndex
    this.kind = kind
  }
}

/**
 * Brings rules into one form.
 *
 * @param rules - The rules, in order.
 * @param onEnter - Told the index of a rule of the application before it runs, so that one that never returns can be named.
 * @returns The rules, ready to run.
 * @throws {TypeError} If one is no rule; `checkMaskRules` says so without throwing.
 */
export function compileRules(rules: readonly MaskRule[], onEnter: (ruleIndex: number) => void): RuleSet {
  const problem = checkMaskRules(rules)
  if (problem !== undefined) throw new TypeError(`Cannot mask: the rules are ${problem}`)
  const textRules = rules.filter(isBuiltInRule).map((name) => builtInRules[name])
  const own: MaskWithRule[] = []
  const all = rules.map((rule, index): MaskWithRule => {
    if (isBuiltInRule(rule)) return builtInRules[rule].mask
    const mask = typeof rule === 'function' ? fromFunction(rule, index) : fromRegExp(rule)
    const entered: MaskWithRule = (text, at) => {
      onEnter(index)
      return mask(text, at)
    }
    own.push(entered)
    return entered
  })
  const markForName = (name: string): string | undefined => {
    for (const rule of textRules) {
      const mark = rule.markForName?.(name)
      if (mark !== undefined) return mark
    }
    return undefined
  }
  const builtIns: RuleSet = {
    all: textRules.map(({ mask }) => mask),
    own: [],
    markForName,
    get builtIns() {
      return this
    },
  }
  return { all, own, markForName, builtIns }
}

/** Everywhere in a text, whatever the flags say of that; a copy, so that no `lastIndex` goes in or out. */
function fromRegExp(rule: RegExp): MaskWithRule {
  const everywhere = new RegExp(rule.source, `${rule.flags.replace(/[gy]/g, '')}g`)
  return (text) =>
    text.replace(everywhere, (match: string, ...found: unknown[]) => {
      // Groups come first, then the position; a group is text or undefined.
      const at = Number(found.find((value) => typeof value === 'number'))
      return match === '' || isInsideMark(text, at, at + match.length) ? match : MASKED
    })
}

function fromFunction(rule: MaskFunction, index: number): MaskWithRule {
  return (text, at) => {
    let masked: unknown
    try {
      masked = rule(text, at)
    } catch {
      // What was thrown may quote the text.
      throw new RuleFailed(index, 'threw')
    }
    if (typeof masked === 'string') return masked
    throw new RuleFailed(index, handleRejection(masked) ? 'returned_a_promise' : 'not_a_string')
  }
}
