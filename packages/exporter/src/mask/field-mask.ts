import { RuleFailed, type RuleSet } from './compile-rules.js'
import { isFixedValue } from './fixed-values.js'
import { splitName } from './known-names.js'
import { RULE_FAILED } from './marks.js'
import type { MaskPlace } from './mask-rule.js'
import { maskNamedText, maskText } from './mask-text.js'
import { markedWhole, maskValue } from './mask-value.js'

/** What a field became, and why it is masked as a whole if it is. */
export interface MaskedField {
  readonly value: unknown
  /** `unreadable` when no rule is to blame: a getter that throws, a value without end. */
  readonly failure: RuleFailed | 'unreadable' | undefined
}

/** Masks one field at a time; never throws. */
export interface FieldMask {
  /**
   * @param value - A value of an attribute, or any other text of a span.
   * @param key - Its name.
   * @param spanName - The name of the span.
   */
  value(value: unknown, key: string, spanName: string): MaskedField
  /** @param name - The name of an attribute. */
  name(name: string): MaskedField
  /**
   * What stands for a value that the application's rules may not see any more.
   *
   * @param value - The value.
   * @param key - Its name: a value of a fixed form stays, for no rule of the application is asked about it.
   * @param failure - Why.
   */
  failedValue(value: unknown, key: string, failure: RuleFailed): MaskedField
  /**
   * The same for a name, of which the part stays that belongs to a vocabulary.
   *
   * @param name - The name.
   * @param failure - Why.
   */
  failedName(name: string, failure: RuleFailed): MaskedField
}

/** Names repeat from span to span, and few applications have more than some dozens. One that makes up names without end starts over. */
const MAX_NAMES = 2000
const MAX_NAME_LENGTH = 256

/**
 * Creates what masks one field at a time.
 *
 * @param rules - The rules.
 */
export function createFieldMask(rules: RuleSet): FieldMask {
  const names = new Map<string, MaskedField>()
  return {
    value(value, key, spanName) {
      const applied = isFixed(key, value) ? rules.builtIns : rules
      return settle(value, () => {
        const at: MaskPlace = { key, spanName }
        return maskValue(value, (text, name) => maskNamedText(text, name, applied, at), key)
      })
    },
    name(name) {
      const seen = names.get(name)
      if (seen !== undefined) return seen
      const masked = settle(name, () => maskName(name, rules))
      if (names.size >= MAX_NAMES) names.clear()
      // Each failure counts, and a rule that failed may not fail again.
      if (name.length <= MAX_NAME_LENGTH && masked.failure === undefined) names.set(name, masked)
      return masked
    },
    failedValue(value, key, failure) {
      // No rule of the application is asked about these, so there is none that could fail.
      return isFixed(key, value) ? this.value(value, key, '') : { value: markedWhole(value), failure }
    },
    failedName(name, failure) {
      const seen = names.get(name)
      if (seen !== undefined) return seen
      const { known, made } = splitName(name)
      return made === '' ? { value: known, failure: undefined } : { value: known + RULE_FAILED, failure }
    },
  }
}

function maskName(name: string, rules: RuleSet): string {
  const at: MaskPlace = { key: name, spanName: '' }
  const { known, made } = splitName(name)
  // A known name holds no data, but somebody may have put some there all the same.
  const kept = known === '' ? '' : maskText(known, rules.builtIns, at)
  return made === '' ? kept : kept + maskText(made, rules, at)
}

function isFixed(key: string, value: unknown): boolean {
  return typeof value === 'string' && isFixedValue(key, value)
}

function settle(value: unknown, mask: () => unknown): MaskedField {
  try {
    return { value: mask(), failure: undefined }
  } catch (error) {
    return { value: markedWhole(value), failure: error instanceof RuleFailed ? error : 'unreadable' }
  }
}
