/** What went into an observation and what came out, before it is turned into text. */
export interface Payload {
  readonly input: unknown
  readonly output: unknown
}
