import type { ModelResponse } from '../../calls/model-operation.js'
import { type Fields, fieldsOf, listOf, textOf, usageOf } from '../../calls/read-fields.js'
import { converseUsage } from './converse-operation.js'

/**
 * Reads the answer of a model that was asked in its vendor's own JSON.
 *
 * @param answer - Whole, or assembled from a stream.
 */
export function answerOf(answer: Fields): ModelResponse {
  const { role, content, output, choices, embedding, embeddings } = answer
  const vectors = embedding === undefined ? embeddings : [embedding]
  const message = fieldsOf(listOf(choices)[0]).message
  if (vectors !== undefined) {
    // The vectors stay out of the span: nobody reads them, and they are most of its bytes.
    const dimensions = listOf(listOf(vectors)[0]).length
    return { output: { embeddings: listOf(vectors).length, dimensions }, usage: usageFrom(answer) }
  }
  if (Array.isArray(content)) return { output: { role, content }, usage: usageFrom(answer) }
  return { output: fieldsOf(output).message ?? message ?? textFrom(answer), usage: usageFrom(answer) }
}

/** Titan, Llama, Mistral, Cohere; the stream that was assembled. */
function textFrom({ results, outputs, generations, generation, text }: Fields): string | undefined {
  const [first] = listOf(results ?? outputs ?? generations)
  const { outputText, text: written = outputText } = fieldsOf(first)
  return textOf(text) ?? textOf(written) ?? textOf(generation)
}

function usageFrom(answer: Fields): ReturnType<typeof usageOf> {
  const { usage, results, inputTextTokenCount, prompt_token_count, generation_token_count, metadata } = answer
  const counted = fieldsOf(usage ?? fieldsOf(metadata).usage)
  if ('inputTokens' in counted) return converseUsage(counted)
  const { input_tokens, prompt_tokens = input_tokens, output_tokens, completion_tokens = output_tokens } = counted
  const { tokenCount, totalOutputTextTokenCount = tokenCount } = {
    ...fieldsOf(listOf(results)[0]),
    ...answer,
  } as Fields
  const metrics = fieldsOf(answer['amazon-bedrock-invocationMetrics'])
  return usageOf({
    input: prompt_tokens ?? inputTextTokenCount ?? prompt_token_count ?? metrics.inputTokenCount,
    output: completion_tokens ?? totalOutputTextTokenCount ?? generation_token_count ?? metrics.outputTokenCount,
    total: counted.total_tokens,
    input_cached_tokens: counted.cache_read_input_tokens,
    input_cache_creation: counted.cache_creation_input_tokens,
  })
}
