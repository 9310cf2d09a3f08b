import type { Context } from '@opentelemetry/api'
import { ROOT_CONTEXT } from './open-telemetry.js'

/**
 * An OpenTelemetry context that keeps a few values in front of another one.
 *
 * The API's own context copies a Map and makes three closures for every value that is set, and every span sets several; here a value costs
 * two short arrays. Contexts that others derive from this one work as ever.
 */
export class LayeredContext implements Context {
  readonly #base: Context | undefined
  readonly #keys: readonly symbol[]
  readonly #values: readonly unknown[]

  private constructor(base: Context | undefined, keys: readonly symbol[], values: readonly unknown[]) {
    this.#base = base
    this.#keys = keys
    this.#values = values
  }

  /** The context as one of this class. */
  static over(base: Context): LayeredContext {
    if (base instanceof LayeredContext) return base
    return new LayeredContext(base === ROOT_CONTEXT ? undefined : base, [], [])
  }

  getValue(key: symbol): unknown {
    // A handful of keys: shorter than a hash.
    const index = this.#keys.indexOf(key)
    return index === -1 ? this.#base?.getValue(key) : this.#values[index]
  }

  setValue(key: symbol, value: unknown): LayeredContext {
    const index = this.#keys.indexOf(key)
    if (index === -1) return new LayeredContext(this.#base, [...this.#keys, key], [...this.#values, value])
    const values = this.#values.slice()
    values[index] = value
    return new LayeredContext(this.#base, this.#keys, values)
  }

  deleteValue(key: symbol): LayeredContext {
    // `undefined` in front hides what the base has.
    return this.setValue(key, undefined)
  }
}
