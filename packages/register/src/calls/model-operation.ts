import type { Usage } from '@axion/core'

/** One method of a client that calls a model, as far as it is to be recorded. What these functions throw is swallowed. */
export interface ModelOperation {
  /** The span's name. */
  readonly name: string
  readonly type: 'generation' | 'embedding'
  /** What is known when the call begins. */
  request(args: readonly unknown[]): ModelRequest
  /** What is known when its result is there: parsed, or assembled from a stream. */
  response(result: unknown): ModelResponse
  /** Begins to put a stream together; without it the operation has no streams. */
  readonly assemble?: () => StreamAssembly
  /** Whether the library makes spans of its own for this call, which ours then replaces. */
  hasOwnTelemetry?(self: unknown): boolean
}

/** What goes to a model. */
export interface ModelRequest {
  readonly model?: string | undefined
  /** Everything else that is not content. */
  readonly parameters?: Readonly<Record<string, unknown>>
  readonly input: unknown
}

/** What comes from it. */
export interface ModelResponse {
  readonly output: unknown
  /** The one that answered, which may be a dated version of the one that was asked. */
  readonly model?: string | undefined
  readonly usage?: Usage | undefined
  /** Why the answer is not a whole one. */
  readonly warning?: string | undefined
}

/** Puts the chunks of a stream together. */
export interface StreamAssembly {
  /** @returns Whether the chunk carries something that the model wrote, for the time to the first token. */
  add(chunk: unknown): boolean
  /** What the same call would have given without streaming, from the chunks until now. */
  result(): unknown
}
