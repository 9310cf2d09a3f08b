import type { ModelOperation } from '../../calls/model-operation.js'
import { fieldsOf, listOf, parametersOf, textOf, usageOf } from '../../calls/read-fields.js'
import type { Intercept } from '../../calls/wrap-method.js'
import { interceptRequest } from '../../stainless/intercept-request.js'
import { assembleMessage } from './assemble-message.js'
import { tracesIntoOurs } from './traces-into-ours.js'

// https://docs.anthropic.com/en/api/messages. Loaded with the first call.

const CONTENT = ['model', 'messages', 'system', 'tools', 'metadata']

const operation: ModelOperation = {
  name: 'anthropic.messages',
  type: 'generation',
  request([body]) {
    const { model, messages, system, tools } = fieldsOf(body)
    // As a conversation: what is said first stands first.
    const conversation = system === undefined ? messages : [{ role: 'system', content: system }, ...listOf(messages)]
    return {
      model: textOf(model),
      parameters: parametersOf(fieldsOf(body), CONTENT),
      input: tools === undefined ? conversation : { messages: conversation, tools },
    }
  },
  response(result) {
    const { model, role, content, usage, stop_reason } = fieldsOf(result)
    const { input_tokens, output_tokens, cache_read_input_tokens, cache_creation_input_tokens } = fieldsOf(usage)
    return {
      model: textOf(model),
      output: { role, content },
      // Input tokens are without the cached ones; the names are those under which Langfuse has prices.
      usage: usageOf({
        input: input_tokens,
        output: output_tokens,
        cache_read_input_tokens,
        cache_creation_input_tokens,
      }),
      warning: stop_reason === 'refusal' ? 'refusal' : undefined,
    }
  },
  assemble: assembleMessage,
  hasOwnTelemetry: (self) => tracesIntoOurs(fieldsOf(self)._client),
}

/** `messages.create`. */
export const message: Intercept = interceptRequest(operation)
