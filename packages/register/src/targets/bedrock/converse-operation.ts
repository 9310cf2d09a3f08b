import type { ModelOperation, StreamAssembly } from '../../calls/model-operation.js'
import { type Fields, fieldsOf, listOf, parametersOf, textOf, usageOf } from '../../calls/read-fields.js'

// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html

const CONTENT = ['modelId', 'messages', 'system', 'toolConfig', 'inferenceConfig', 'requestMetadata']

/** `Converse` and `ConverseStream`. */
export const converseOperation: ModelOperation = {
  name: 'bedrock.converse',
  type: 'generation',
  request([input]) {
    const { modelId, messages, system, toolConfig, inferenceConfig } = fieldsOf(input)
    const conversation = system === undefined ? messages : [{ role: 'system', content: system }, ...listOf(messages)]
    return {
      model: textOf(modelId),
      parameters: { ...parametersOf(fieldsOf(inferenceConfig), []), ...parametersOf(fieldsOf(input), CONTENT) },
      input: toolConfig === undefined ? conversation : { messages: conversation, tools: fieldsOf(toolConfig).tools },
    }
  },
  response(result) {
    const { output, usage, stopReason } = fieldsOf(result)
    return {
      output: fieldsOf(output).message,
      usage: converseUsage(usage),
      warning: /guardrail|filtered/.test(String(stopReason)) ? String(stopReason) : undefined,
    }
  },
  assemble: assembleConversation,
}

/**
 * Tokens of an answer, in Langfuse's names. Input tokens are without the cached ones.
 *
 * @param usage - `TokenUsage`.
 */
export function converseUsage(usage: unknown): ReturnType<typeof usageOf> {
  const { inputTokens, outputTokens, totalTokens, cacheReadInputTokens, cacheWriteInputTokens } = fieldsOf(usage)
  return usageOf({
    input: inputTokens,
    output: outputTokens,
    total: totalTokens,
    input_cached_tokens: cacheReadInputTokens,
    input_cache_creation: cacheWriteInputTokens,
  })
}

/** Events of a stream carry one member each, which says what they are. */
function assembleConversation(): StreamAssembly {
  const end: Record<string, unknown> = {}
  let role: unknown
  // By index, which a server may make as large as it likes.
  const blocks = new Map<unknown, Fields>()
  return {
    add(event) {
      const { messageStart, contentBlockStart, contentBlockDelta, messageStop, metadata } = fieldsOf(event)
      if (messageStart) role = fieldsOf(messageStart).role
      if (messageStop) end.stopReason = fieldsOf(messageStop).stopReason
      if (metadata) end.usage = fieldsOf(metadata).usage
      if (contentBlockStart) {
        const { contentBlockIndex, start } = fieldsOf(contentBlockStart)
        const { toolUse } = fieldsOf(start)
        if (toolUse) blocks.set(contentBlockIndex, { toolUse: { ...fieldsOf(toolUse), input: '' } })
      }
      if (!contentBlockDelta) return false
      const { contentBlockIndex, delta } = fieldsOf(contentBlockDelta)
      blocks.set(contentBlockIndex, joined(blocks.get(contentBlockIndex) ?? {}, fieldsOf(delta)))
      return fieldsOf(delta).text !== ''
    },
    result: () => ({ ...end, output: { message: { role, content: [...blocks.values()].map(settled) } } }),
  }
}

function joined(block: Fields, { text, toolUse, reasoningContent }: Fields): Record<string, unknown> {
  if (typeof text === 'string') return { ...block, text: `${textOf(block.text) ?? ''}${text}` }
  if (toolUse) {
    const before = fieldsOf(block.toolUse)
    return { toolUse: { ...before, input: `${textOf(before.input) ?? ''}${textOf(fieldsOf(toolUse).input) ?? ''}` } }
  }
  const { text: before, ...rest } = fieldsOf(fieldsOf(block.reasoningContent).reasoningText)
  const { text: thought, signature } = fieldsOf(reasoningContent)
  const reasoningText = {
    ...rest,
    text: `${textOf(before) ?? ''}${textOf(thought) ?? ''}`,
    ...(signature !== undefined && { signature }),
  }
  return { reasoningContent: { reasoningText } }
}

/** What a tool is called with comes as pieces of JSON. */
function settled(block: Fields): Fields {
  const { toolUse } = block
  const { input, ...rest } = fieldsOf(toolUse)
  if (typeof input !== 'string') return block
  try {
    return { toolUse: { ...rest, input: JSON.parse(input === '' ? '{}' : input) } }
  } catch {
    // The stream was cut off.
    return block
  }
}
