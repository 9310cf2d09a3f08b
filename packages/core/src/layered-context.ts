import type { Context } from '@opentelemetry/api'
import { ROOT_CONTEXT } from './open-telemetry.js'

/**
 * An OpenTelemetry context that keeps a few values in front of another one.
 *
 * The API's own context copies a Map and makes three closures for every value that is set, and every span sets several; here a value is one link
 * of a list that has each key once. Contexts that others derive from this one work as ever.
 */
export class LayeredContext implements Context {
  readonly #base: Context | undefined
  readonly #key: symbol | undefined
  readonly #value: unknown

  private constructor(base: Context | undefined, key?: symbol, value?: unknown) {
    this.#base = base
    this.#key = key
    this.#value = value
  }

  /** The context as one of this class. */
  static over(base: Context): LayeredContext {
    if (base instanceof LayeredContext) return base
    // The root has nothing, and every span asks for ten values.
    return new LayeredContext(base === ROOT_CONTEXT ? undefined : base)
  }

  getValue(key: symbol): unknown {
    return key === this.#key ? this.#value : this.#base?.getValue(key)
  }

  setValue(key: symbol, value: unknown): LayeredContext {
    return new LayeredContext(this.#without(key), key, value)
  }

  deleteValue(key: symbol): LayeredContext {
    // `undefined` in front hides what the base has.
    return this.setValue(key, undefined)
  }

  /** The list without one link. What it held would stay in memory otherwise, as long as any context inside of it. */
  #without(key: symbol): Context | undefined {
    if (key === this.#key) return this.#base
    const base = this.#base instanceof LayeredContext ? this.#base.#without(key) : this.#base
    return base === this.#base ? this : new LayeredContext(base, this.#key, this.#value)
  }
}
