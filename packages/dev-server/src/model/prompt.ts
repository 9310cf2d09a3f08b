/** A message of a chat prompt, or a place where messages go. */
export type PromptMessage =
  | { readonly role: string; readonly content: string }
  | { readonly type: 'placeholder'; readonly name: string }

/** One version of a prompt. */
export interface Prompt {
  readonly id: string
  readonly name: string
  /** From 1, without gaps at the time it is made. */
  readonly version: number
  readonly type: 'text' | 'chat'
  /** Text for `text`, messages for `chat`. */
  readonly prompt: string | readonly PromptMessage[]
  readonly config: unknown
  /** Of all versions of a name at most one has a label; the newest has `latest`. */
  readonly labels: readonly string[]
  /** The same for all versions of a name. */
  readonly tags: readonly string[]
  readonly commitMessage: string | null
  readonly createdAtMillis: number
  readonly updatedAtMillis: number
}
