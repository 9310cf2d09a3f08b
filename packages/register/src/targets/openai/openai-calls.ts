import type { Intercept } from '../../calls/wrap-method.js'
import { interceptRequest } from '../../stainless/intercept-request.js'
import { chatCompletionOperation } from './chat-completion-operation.js'
import { embeddingOperation } from './embedding-operation.js'
import { responseOperation } from './response-operation.js'
import { textCompletionOperation } from './text-completion-operation.js'

// Loaded with the first call.

/** `chat.completions.create`. */
export const chatCompletion: Intercept = interceptRequest(chatCompletionOperation)
/** `completions.create`. */
export const textCompletion: Intercept = interceptRequest(textCompletionOperation)
/** `responses.create`. */
export const response: Intercept = interceptRequest(responseOperation)
/** `embeddings.create`. */
export const embedding: Intercept = interceptRequest(embeddingOperation)
