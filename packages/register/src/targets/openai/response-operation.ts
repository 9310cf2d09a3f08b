import type { ModelOperation, StreamAssembly } from '../../calls/model-operation.js'
import { fieldsOf, listOf, parametersOf, textOf, usageOf, without } from '../../calls/read-fields.js'

// https://platform.openai.com/docs/api-reference/responses

const CONTENT = ['model', 'input', 'instructions', 'tools', 'prompt', 'metadata']

/** Responses. */
export const responseOperation: ModelOperation = {
  name: 'openai.responses',
  type: 'generation',
  request([body]) {
    const { model, input, instructions, tools, prompt } = fieldsOf(body)
    const others = Object.entries({ instructions, tools, prompt }).filter(([, value]) => value !== undefined)
    return {
      model: textOf(model),
      parameters: parametersOf(fieldsOf(body), CONTENT),
      input: others.length === 0 ? input : { input, ...Object.fromEntries(others) },
    }
  },
  response(result) {
    const { model, output, usage, status, incomplete_details, error } = fieldsOf(result)
    const { input_tokens, output_tokens, total_tokens, input_tokens_details, output_tokens_details } = fieldsOf(usage)
    const cached = { input_cached_tokens: fieldsOf(input_tokens_details).cached_tokens }
    const reasoning = { output_reasoning_tokens: fieldsOf(output_tokens_details).reasoning_tokens }
    const items = listOf(output)
    const reason = textOf(fieldsOf(incomplete_details).reason) ?? textOf(fieldsOf(error).code)
    return {
      model: textOf(model),
      output: items.length === 1 ? items[0] : output,
      usage: usageOf({
        input: without(input_tokens, cached),
        output: without(output_tokens, reasoning),
        total: total_tokens,
        ...cached,
        ...reasoning,
      }),
      warning: status === 'incomplete' || status === 'failed' ? `${status}${reason ? `: ${reason}` : ''}` : undefined,
    }
  },
  assemble: assembleResponse,
}

/** The last event carries the whole response; until it comes there are the items that are done, and the text of the one that is not. */
function assembleResponse(): StreamAssembly {
  let response: unknown
  let isWhole = false
  const items: unknown[] = []
  let unfinished = ''
  return {
    add(event) {
      const { type, response: carried, item, delta } = fieldsOf(event)
      if (carried !== undefined) {
        response = carried
        isWhole = type !== 'response.created' && type !== 'response.queued' && type !== 'response.in_progress'
      } else if (type === 'response.output_item.done') {
        items.push(item)
        unfinished = ''
      } else if (type === 'response.output_text.delta') unfinished += textOf(delta) ?? ''
      return typeof type === 'string' && type.endsWith('.delta')
    },
    result() {
      if (isWhole) return response
      const rest = unfinished === '' ? [] : [{ type: 'message', role: 'assistant', content: unfinished }]
      return { ...fieldsOf(response), output: [...items, ...rest] }
    },
  }
}
