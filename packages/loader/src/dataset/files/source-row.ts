/** A row of a file, not yet checked. */
export interface SourceRow {
  readonly value: unknown
  /** Where it stands, for messages: `set.jsonl:3`. */
  readonly at: string
}
