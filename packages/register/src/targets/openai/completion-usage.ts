import { fieldsOf, usageOf, without } from '../../calls/read-fields.js'

/**
 * Tokens of a completion, in Langfuse's names. Both numbers are with those that their details count apart.
 *
 * @param usage - `CompletionUsage`, which is the same for chats and for texts.
 */
export function completionUsage(usage: unknown): ReturnType<typeof usageOf> {
  const { prompt_tokens, completion_tokens, total_tokens, prompt_tokens_details, completion_tokens_details } =
    fieldsOf(usage)
  const prompt = fieldsOf(prompt_tokens_details)
  const completion = fieldsOf(completion_tokens_details)
  const parts = { input_cached_tokens: prompt.cached_tokens, input_audio_tokens: prompt.audio_tokens }
  const made = {
    output_reasoning_tokens: completion.reasoning_tokens,
    output_audio_tokens: completion.audio_tokens,
  }
  return usageOf({
    input: without(prompt_tokens, parts),
    output: without(completion_tokens, made),
    total: total_tokens,
    ...parts,
    ...made,
  })
}
