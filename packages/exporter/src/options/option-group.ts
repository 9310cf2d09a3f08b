import { isWithin, type NumericLimits } from './numeric-limits.js'
import { kindOf, refuseOption, showValue } from './refuse-option.js'

/** Reads the members of an option that is an object, and refuses what is wrong with them by its full name. */
export class OptionGroup {
  readonly #name: string
  readonly #members: Readonly<Record<string, unknown>>

  /**
   * @param name - The option's name.
   * @param value - What the caller gave.
   * @param known - The names of its members: others have no effect and are refused.
   * @throws {ExporterError} `invalid_options` if it is no object, or has members that do not exist.
   */
  constructor(name: string, value: unknown, known: readonly string[]) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      refuseOption(name, kindOf(value), `an object with ${known.join(', ')}`)
    }
    this.#name = name
    this.#members = { ...value }
    const unknown = Object.keys(this.#members).find((member) => !known.includes(member))
    if (unknown !== undefined) refuseOption(`${name}.${unknown}`, 'not an option', `some of ${known.join(', ')}`)
  }

  /** A text that is not empty, if it was given. */
  text(member: string): string | undefined {
    return this.#read(member, 'a text that is not empty', (value) =>
      typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined,
    )
  }

  /** One of some texts, if it was given. */
  choice<T extends string>(member: string, allowed: readonly T[]): T | undefined {
    return this.#read(member, `one of ${allowed.join(', ')}`, (value) => allowed.find((choice) => choice === value))
  }

  /** A number, if it was given. */
  number(member: string, limits: NumericLimits): number | undefined {
    const kind = limits.integer ? 'a whole number' : 'a number'
    return this.#read(member, `${kind} from ${limits.least} to ${limits.most}`, (value) =>
      isWithin(value, limits) ? value : undefined,
    )
  }

  /** A flag, if it was given. */
  flag(member: string): boolean | undefined {
    return this.#read(member, 'true or false', (value) => (typeof value === 'boolean' ? value : undefined))
  }

  /** A list of some texts, if it was given. */
  choices<T extends string>(member: string, allowed: readonly T[]): readonly T[] | undefined {
    return this.#read(member, `an array of some of ${allowed.join(', ')}`, (value) => {
      if (!Array.isArray(value)) return undefined
      const chosen = allowed.filter((choice) => value.includes(choice))
      return chosen.length === new Set(value).size ? chosen : undefined
    })
  }

  #read<T>(member: string, expected: string, parse: (value: unknown) => T | undefined): T | undefined {
    const value = this.#members[member]
    if (value === undefined || value === null) return undefined
    return parse(value) ?? refuseOption(`${this.#name}.${member}`, showValue(value), expected)
  }
}
