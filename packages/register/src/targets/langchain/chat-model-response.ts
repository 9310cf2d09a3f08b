import type { ModelResponse } from '../../calls/model-operation.js'
import { fieldsOf, listOf, textOf, usageOf, without } from '../../calls/read-fields.js'
import { messagesOf } from './message-fields.js'

/**
 * What a model of LangChain answered.
 *
 * @param result - `LLMResult`: of one prompt, because each has a run of its own.
 */
export function chatModelResponse(result: unknown): ModelResponse {
  const { generations, llmOutput } = fieldsOf(result)
  const answers = listOf(listOf(generations)[0])
  const [first] = answers
  const { message, text } = fieldsOf(first)
  const { usage_metadata, response_metadata } = fieldsOf(message)
  const { model_name, model = model_name } = fieldsOf(response_metadata)
  const outputs = answers.map((answer) => messagesOf(fieldsOf(answer).message) ?? fieldsOf(answer).text)
  return {
    output: outputs.length > 1 ? outputs : (messagesOf(message) ?? text),
    model: textOf(model),
    usage: usage_metadata ? usageFrom(usage_metadata) : usageOfText(llmOutput),
  }
}

/** Input with cached tokens, output with those of the reasoning. */
function usageFrom(metadata: unknown): ReturnType<typeof usageOf> {
  const { input_tokens, output_tokens, total_tokens, input_token_details, output_token_details } = fieldsOf(metadata)
  const { cache_read, cache_creation, audio } = fieldsOf(input_token_details)
  const { reasoning, audio: spoken } = fieldsOf(output_token_details)
  const read = { input_cached_tokens: cache_read, input_cache_creation: cache_creation, input_audio_tokens: audio }
  const made = { output_reasoning_tokens: reasoning, output_audio_tokens: spoken }
  return usageOf({
    input: without(input_tokens, read),
    output: without(output_tokens, made),
    total: total_tokens,
    ...read,
    ...made,
  })
}

/** Models that complete texts count in `llmOutput`. */
function usageOfText(llmOutput: unknown): ReturnType<typeof usageOf> {
  const { promptTokens, completionTokens, totalTokens } = fieldsOf(fieldsOf(llmOutput).tokenUsage)
  return usageOf({ input: promptTokens, output: completionTokens, total: totalTokens })
}
