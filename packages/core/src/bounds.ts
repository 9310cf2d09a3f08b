// What is kept at most, where nobody chooses. In a file without imports, from which bundlers take numbers as they are.

/** Of a user id, a session id, a tag, and the name of a trace: Langfuse drops longer ones. Source: `@langfuse/core` 5.11, `isValidPropagatedString`. */
export const MAX_FIELD_CHARACTERS = 200
/** Of the message of an error with its causes. */
export const MAX_MESSAGE_BYTES = 8192
/** Of one attribute of an exception event. */
export const MAX_STACK_BYTES = 32_768
/** Of one error, and of errors that an `AggregateError` holds. */
export const MAX_CAUSES = 8
/** Room for the quotes and the mark of a text that was cut. */
export const MARK_BYTES = 64
