import { compileRules, RuleFailed } from './compile-rules.js'
import { createFieldMask } from './field-mask.js'
import type { MaskRule, RuleFailure } from './mask-rule.js'
import { type MaskedItem, type MaskFields, MaskRun } from './mask-run.js'
import { runInTime } from './run-in-time.js'
import { createTimeGuard } from './time-guard.js'

/** What `createMask` may be told. */
export interface MaskOptions {
  /**
   * Told once about each kind of failure of each rule, never with the text. What it throws is swallowed.
   *
   * @param ruleIndex - Where the rule stands in the list.
   * @param kind - What it did.
   */
  readonly onRuleFailed: (ruleIndex: number, kind: RuleFailure) => void
  /**
   * How long the application's own rules may take for one field, in whole milliseconds; a millisecond for every 8 kB of the field is
   * added, for the built-in rules among them. @default 100
   */
  readonly fieldTimeoutMillis?: number
}

/** Rules, ready to mask. */
export interface Mask {
  /** How many fields were masked as a whole because a rule failed on them, or because they could not be read. */
  readonly failedFields: number
  /** What resources and scopes became: many spans share one. */
  readonly shared: WeakMap<object, object>
  /**
   * Masks things one after the other. When one takes too long, the field that is to blame is masked as a whole and the rest goes on.
   *
   * @param items - The things.
   * @param maskItem - Masks one through the fields it is given. It may be called several times for one, and must do the same each time.
   * @param giveUp - What stands for a thing that cannot even be read.
   * @returns As many results, in the same order.
   */
  each<T, R>(items: readonly T[], maskItem: (item: T, fields: MaskFields) => R, giveUp: (item: T) => R): R[]
}

const DEFAULT_FIELD_TIMEOUT_MILLIS = 100

/**
 * Makes rules ready to mask. Built-in rules are linear and simply run; the application's own run under a time limit, which as many fields
 * share as get through in time.
 *
 * @param rules - The rules, in order; each gets the result of the one before.
 * @param options - Who hears of failures, and the time limit.
 * @throws {TypeError} If something in the list is no rule.
 */
export function createMask(
  rules: readonly MaskRule[],
  { onRuleFailed, fieldTimeoutMillis = DEFAULT_FIELD_TIMEOUT_MILLIS }: MaskOptions,
): Mask {
  let entered = -1
  const compiled = compileRules(rules, (ruleIndex) => {
    entered = ruleIndex
  })
  const fields = createFieldMask(compiled)
  const guard = compiled.own.length === 0 ? undefined : createTimeGuard()
  const onTimeout = (): RuleFailed => new RuleFailed(entered, 'timed_out')
  const report = createFailureReport(onRuleFailed)
  let failedFields = 0
  return {
    shared: new WeakMap(),
    get failedFields() {
      return failedFields
    },
    each<T, R>(items: readonly T[], maskItem: (item: T, fields: MaskFields) => R, giveUp: (item: T) => R): R[] {
      const run = new MaskRun(fields)
      const masked: MaskedItem<R>[] = []
      const work = (): void => {
        for (const [index, item] of items.entries()) {
          // From the first that is not done yet: the work may be ended and begun again.
          if (index === masked.length) masked.push(run.mask(item, index, maskItem, giveUp))
        }
      }
      if (guard === undefined || items.length === 0) work()
      else runInTime(guard, run, work, fieldTimeoutMillis, onTimeout)
      return masked.map(({ result, failures }) => {
        failedFields += failures.length
        for (const failure of failures) if (failure !== 'unreadable') report(failure)
        return result
      })
    },
  }
}

function createFailureReport(onRuleFailed: MaskOptions['onRuleFailed']): (failure: RuleFailed) => void {
  const reported = new Set<string>()
  return ({ ruleIndex, kind }) => {
    const key = `${ruleIndex} ${kind}`
    if (reported.has(key)) return
    reported.add(key)
    try {
      onRuleFailed(ruleIndex, kind)
    } catch {
      // Who hears of a failure must not become another.
    }
  }
}
