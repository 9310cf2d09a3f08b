import type { ModelOperation, StreamAssembly } from '../../calls/model-operation.js'
import { fieldsOf, listOf, parametersOf, textOf } from '../../calls/read-fields.js'
import { completionUsage } from './completion-usage.js'

// https://platform.openai.com/docs/api-reference/completions: OpenAI's legacy, and what servers of open models still speak.

const CONTENT = ['model', 'prompt', 'suffix']

/** Completions of a text. */
export const textCompletionOperation: ModelOperation = {
  name: 'openai.completions',
  type: 'generation',
  request([body]) {
    const { model, prompt, suffix } = fieldsOf(body)
    return {
      model: textOf(model),
      parameters: parametersOf(fieldsOf(body), CONTENT),
      input: typeof suffix === 'string' ? { prompt, suffix } : prompt,
    }
  },
  response(result) {
    const { model, choices, usage } = fieldsOf(result)
    const texts = listOf(choices).map((choice) => fieldsOf(choice).text)
    return { model: textOf(model), output: texts.length === 1 ? texts[0] : texts, usage: completionUsage(usage) }
  },
  assemble: assembleTextCompletion,
}

/** Chunks are completions, each with more of the text. */
function assembleTextCompletion(): StreamAssembly {
  const completion: Record<string, unknown> = {}
  const texts = new Map<unknown, string>()
  return {
    add(chunk) {
      const { choices, usage, model } = fieldsOf(chunk)
      if (model) completion.model = model
      // Comes last, with no choices, if it was asked for.
      if (usage) completion.usage = usage
      let isWriting = false
      for (const choice of listOf(choices)) {
        const { index, text } = fieldsOf(choice)
        const piece = textOf(text) ?? ''
        texts.set(index, `${texts.get(index) ?? ''}${piece}`)
        if (piece !== '') isWriting = true
      }
      return isWriting
    },
    result: () => ({ ...completion, choices: [...texts.values()].map((text) => ({ text })) }),
  }
}
