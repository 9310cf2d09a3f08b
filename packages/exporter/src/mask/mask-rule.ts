/** The rules that are there by name, in the order in which the guide shows them. */
export const BUILT_IN_RULES = ['bearer_token', 'api_key', 'email', 'credit_card', 'iban', 'phone', 'ip'] as const

/** The name of a rule that is there already. */
export type BuiltInRule = (typeof BUILT_IN_RULES)[number]

/** Where a text stands that a function is asked to mask. */
export interface MaskPlace {
  /**
   * The attribute the text belongs to, also when the text is one string inside its JSON. For what is no attribute: `span.name`,
   * `status.message`, `event.name`, `trace_state`, `scope.name`, `scope.version`, `schema_url`.
   */
  readonly key: string
  /** The name of the span; empty for names of attributes, for resources and for scopes, which many spans share. */
  readonly spanName: string
}

/**
 * A rule of one's own. It is asked about one string at a time and answers at once.
 *
 * @param text - A string that leaves: of JSON each string, each number and the whole.
 * @param at - Where it stands.
 * @returns The text without what must not leave; the text itself when there is nothing to mask.
 */
export type MaskFunction = (text: string, at: MaskPlace) => string

/** One rule: what a regular expression matches becomes `<masked>`, a built-in rule shows its name, a function decides itself. */
export type MaskRule = RegExp | BuiltInRule | MaskFunction

/** What a rule did wrong. The field was then masked as a whole. */
export type RuleFailure = 'threw' | 'not_a_string' | 'returned_a_promise' | 'timed_out'
