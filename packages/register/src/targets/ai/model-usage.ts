import { fieldsOf, usageOf, without } from '../../calls/read-fields.js'

/**
 * Tokens as the AI SDK 7 counts them, in Langfuse's names.
 *
 * @param usage - `LanguageModelUsage`: input with cached tokens, output with those of the reasoning.
 */
export function modelUsage(usage: unknown): ReturnType<typeof usageOf> {
  const { inputTokens, inputTokenDetails, outputTokens, outputTokenDetails, totalTokens } = fieldsOf(usage)
  const { cacheReadTokens, cacheWriteTokens } = fieldsOf(inputTokenDetails)
  const read = { input_cached_tokens: cacheReadTokens, input_cache_creation: cacheWriteTokens }
  const made = { output_reasoning_tokens: fieldsOf(outputTokenDetails).reasoningTokens }
  return usageOf({
    input: without(inputTokens, read),
    output: without(outputTokens, made),
    total: totalTokens,
    ...read,
    ...made,
  })
}
