/** A group of fields that can be asked for; `core` always comes along. */
export type FieldGroup =
  | 'core'
  | 'basic'
  | 'time'
  | 'io'
  | 'metadata'
  | 'model'
  | 'usage'
  | 'prompt'
  | 'metrics'
  | 'trace_context'

const GROUPS: ReadonlySet<string> = new Set<FieldGroup>([
  ...(['core', 'basic', 'time', 'io', 'metadata', 'model', 'usage', 'prompt', 'metrics', 'trace_context'] as const),
])

/**
 * The groups named in the parameter `fields`. Unknown names are ignored; naming only those leaves `core`.
 *
 * @param fields The parameter, comma-separated, or undefined.
 * @returns The groups; `core` and `basic` when the parameter is missing or empty.
 */
export function parseFieldGroups(fields: string | undefined): ReadonlySet<FieldGroup> {
  if (!fields) return new Set(['core', 'basic'])
  return new Set(
    fields
      .split(',')
      .map((name) => name.trim())
      .filter(isGroup),
  )
}

function isGroup(name: string): name is FieldGroup {
  return GROUPS.has(name)
}
