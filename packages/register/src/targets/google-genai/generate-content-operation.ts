import type { ModelOperation } from '../../calls/model-operation.js'
import { fieldsOf, listOf, parametersOf, textOf, usageOf, without } from '../../calls/read-fields.js'
import { assembleContent } from './assemble-content.js'

// https://ai.google.dev/api/generate-content, in the client's camel case.

const CONTENT = ['systemInstruction', 'tools', 'abortSignal', 'httpOptions']

/** `generateContent`, and its stream of the same responses in pieces. */
export const generateContentOperation: ModelOperation = {
  name: 'google.generateContent',
  type: 'generation',
  request([params]) {
    const { model, contents, config } = fieldsOf(params)
    const { systemInstruction, tools } = fieldsOf(config)
    const others = Object.entries({ systemInstruction, tools }).filter(([, value]) => value !== undefined)
    return {
      model: textOf(model),
      parameters: parametersOf(fieldsOf(config), CONTENT),
      input: others.length === 0 ? contents : { contents, ...Object.fromEntries(others) },
    }
  },
  response(result) {
    const { candidates, modelVersion, usageMetadata, promptFeedback } = fieldsOf(result)
    const contents = listOf(candidates).map((candidate) => fieldsOf(candidate).content)
    const { promptTokenCount, candidatesTokenCount, totalTokenCount, cachedContentTokenCount, thoughtsTokenCount } =
      fieldsOf(usageMetadata)
    const blocked = textOf(fieldsOf(promptFeedback).blockReason)
    return {
      model: textOf(modelVersion),
      output: contents.length === 1 ? contents[0] : contents,
      // The prompt's tokens are with the cached ones, the candidates' without the thoughts.
      usage: usageOf({
        input: without(promptTokenCount, { cachedContentTokenCount }),
        output: candidatesTokenCount,
        total: totalTokenCount,
        input_cached_tokens: cachedContentTokenCount,
        output_reasoning_tokens: thoughtsTokenCount,
      }),
      warning: blocked && `blocked: ${blocked}`,
    }
  },
  assemble: assembleContent,
}
