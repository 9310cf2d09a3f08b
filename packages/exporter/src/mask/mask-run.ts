import type { RuleFailed } from './compile-rules.js'
import type { FieldMask, MaskedField } from './field-mask.js'
import type { Interruptible } from './run-in-time.js'

/** The fields of one thing, a span or a resource, on their way through the rules. */
export interface MaskFields {
  /**
   * @param text - A string that is no attribute: the name of a span.
   * @param key - What it is called in `MaskPlace`.
   * @param spanName - The name of the span it belongs to.
   */
  text(text: string, key: string, spanName: string): string
  /**
   * @param value - The value of an attribute.
   * @param key - The attribute's name as the application gave it.
   * @param spanName - The name of the span it belongs to.
   */
  value(value: unknown, key: string, spanName: string): unknown
  /** @param name - The name of an attribute. One of a known vocabulary stays, unless a built-in rule hits. */
  name(name: string): string
}

/** What one thing became. */
export interface MaskedItem<R> {
  readonly result: R
  readonly failures: readonly NonNullable<MaskedField['failure']>[]
}

/**
 * One walk over some things, which may be ended from outside between any two statements and then walks again. What a field became is
 * kept until its thing is done, so the second walk asks no rule twice and gets as far as the first one at once.
 */
export class MaskRun implements MaskFields, Interruptible {
  readonly #fields: FieldMask
  #index = -1
  #done: MaskedField[] = []
  #next = 0
  #pendingLength = 0
  #blamed: { readonly index: number; readonly field: number; readonly failure: RuleFailed } | undefined
  #isGivenUp = false
  #stopped: RuleFailed | undefined

  constructor(fields: FieldMask) {
    this.#fields = fields
  }

  /**
   * Masks one thing.
   *
   * @param item - The thing.
   * @param index - Its place among the others: the same again means a second walk.
   * @param maskItem - Masks it through the fields it is given.
   * @param giveUp - What stands for it when it cannot be read.
   */
  mask<T, R>(
    item: T,
    index: number,
    maskItem: (item: T, fields: MaskFields) => R,
    giveUp: (item: T) => R,
  ): MaskedItem<R> {
    if (this.#index !== index) {
      // The index last: until it is set, another walk starts here again.
      this.#done = []
      this.#isGivenUp = false
      this.#index = index
    }
    this.#next = 0
    if (this.#isGivenUp) return { result: giveUp(item), failures: ['unreadable'] }
    try {
      const result = maskItem(item, this)
      return { result, failures: failuresOf(this.#done) }
    } catch {
      return { result: giveUp(item), failures: ['unreadable'] }
    }
  }

  /** How long the text is at which the walk stands, in characters. */
  get pendingLength(): number {
    return this.#pendingLength
  }

  /** How far the walk has come; the same twice means that it stands still. */
  get progress(): string {
    return `${this.#index} ${this.#done.length} ${this.#isGivenUp}`
  }

  /**
   * Names the field at which the walk stands as the one that takes too long. Named again, the thing itself cannot be read.
   *
   * @param failure - What to say of the field.
   */
  blame(failure: RuleFailed): void {
    const field = this.#done.length
    if (this.#blamed?.index === this.#index && this.#blamed.field === field) this.#isGivenUp = true
    this.#blamed = { index: this.#index, field, failure }
  }

  /**
   * Asks the application's rules about no further field.
   *
   * @param failure - What to say of each.
   */
  stop(failure: RuleFailed): void {
    this.#stopped = failure
  }

  text(text: string, key: string, spanName: string): string {
    return String(this.value(text, key, spanName))
  }

  value(value: unknown, key: string, spanName: string): unknown {
    if (typeof value !== 'string' && typeof value !== 'object') return value
    const kept = this.#kept()
    if (kept !== undefined) return kept.value
    const failure = this.#failure()
    this.#pendingLength = typeof value === 'string' ? value.length : 0
    const masked =
      failure === undefined ? this.#fields.value(value, key, spanName) : this.#fields.failedValue(value, key, failure)
    this.#done.push(masked)
    return masked.value
  }

  name(name: string): string {
    const kept = this.#kept()
    if (kept !== undefined) return String(kept.value)
    const failure = this.#failure()
    this.#pendingLength = name.length
    const masked = failure === undefined ? this.#fields.name(name) : this.#fields.failedName(name, failure)
    this.#done.push(masked)
    return String(masked.value)
  }

  /** What the next field became on an earlier walk. */
  #kept(): MaskedField | undefined {
    return this.#done[this.#next++]
  }

  /** Why the field that comes now is not to be masked by rules. */
  #failure(): RuleFailed | undefined {
    if (this.#stopped !== undefined || this.#blamed === undefined) return this.#stopped
    const { index, field, failure } = this.#blamed
    return index === this.#index && field === this.#done.length ? failure : undefined
  }
}

function failuresOf(fields: readonly MaskedField[]): MaskedItem<unknown>['failures'] {
  const failures: NonNullable<MaskedField['failure']>[] = []
  for (const { failure } of fields) if (failure !== undefined) failures.push(failure)
  return failures
}
