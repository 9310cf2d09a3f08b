// Attributes whose values Langfuse reads by their form, and that form. A value of this form holds nothing of a user's; any other value
// is text like everything else.
const FIXED_VALUES: ReadonlyMap<string, RegExp> = new Map([
  ['langfuse.observation.type', /^(?:span|generation|event|embedding|agent|tool|chain|retriever|evaluator|guardrail)$/],
  ['langfuse.observation.level', /^(?:DEBUG|DEFAULT|WARNING|ERROR)$/],
  [
    'langfuse.observation.completion_start_time',
    /^"?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)"?$/,
  ],
  ['langfuse.observation.usage_details', /^\{(?:"[A-Za-z_]{1,64}(?:\d\w[A-Za-z_]{0,32})?":\d{1,12},?)*\}$/],
  ['langfuse.observation.cost_details', /^\{(?:"[A-Za-z_]{1,64}":\d{1,9}(?:\.\d{1,20})?(?:e-\d{1,3})?,?)*\}$/],
])

/**
 * Whether a value is one of the few that an attribute of Langfuse can have: a type, a level, a time, counts. The application's own rules
 * are not asked about these: `/\d+/` is meant for texts, and a trace whose tokens are masked costs nothing.
 *
 * @param key - The name of the attribute.
 * @param text - Its value.
 */
export function isFixedValue(key: string, text: string): boolean {
  return key.startsWith('langfuse.observation.') && (FIXED_VALUES.get(key)?.test(text) ?? false)
}
