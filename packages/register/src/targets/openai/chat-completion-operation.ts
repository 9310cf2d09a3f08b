import type { ModelOperation } from '../../calls/model-operation.js'
import { fieldsOf, listOf, parametersOf, textOf, usageOf, without } from '../../calls/read-fields.js'
import { assembleChatCompletion } from './assemble-chat-completion.js'

// https://platform.openai.com/docs/api-reference/chat

const CONTENT = ['model', 'messages', 'tools', 'functions']

/** Chat completions. */
export const chatCompletionOperation: ModelOperation = {
  name: 'openai.chat',
  type: 'generation',
  request([body]) {
    const { model, messages, tools, functions } = fieldsOf(body)
    const offered = tools ?? functions
    return {
      model: textOf(model),
      parameters: parametersOf(fieldsOf(body), CONTENT),
      // Langfuse shows a list as a conversation, and tools beside `messages`.
      input: offered === undefined ? messages : { messages, tools: offered },
    }
  },
  response(result) {
    const { model, choices, usage } = fieldsOf(result)
    const messages = listOf(choices).map((choice) => fieldsOf(choice).message)
    return {
      model: textOf(model),
      output: messages.length === 1 ? messages[0] : messages,
      usage: usageFrom(usage),
    }
  },
  assemble: assembleChatCompletion,
}

function usageFrom(value: unknown): ReturnType<typeof usageOf> {
  const { prompt_tokens, completion_tokens, total_tokens, prompt_tokens_details, completion_tokens_details } =
    fieldsOf(value)
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
