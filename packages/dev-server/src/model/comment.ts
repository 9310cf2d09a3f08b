/** What a comment can be about. */
export const COMMENT_OBJECT_TYPES = ['TRACE', 'OBSERVATION', 'SESSION', 'PROMPT'] as const

/** What people write beside a trace, an observation, a session or a prompt. */
export interface Comment {
  readonly id: string
  readonly objectType: (typeof COMMENT_OBJECT_TYPES)[number]
  readonly objectId: string
  readonly content: string
  readonly authorUserId: string | null
  readonly createdAtMillis: number
}
