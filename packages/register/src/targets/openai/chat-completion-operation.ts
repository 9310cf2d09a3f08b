import type { ModelOperation } from '../../calls/model-operation.js'
import { fieldsOf, listOf, parametersOf, textOf } from '../../calls/read-fields.js'
import { assembleChatCompletion } from './assemble-chat-completion.js'
import { completionUsage } from './completion-usage.js'

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
      usage: completionUsage(usage),
    }
  },
  assemble: assembleChatCompletion,
}
