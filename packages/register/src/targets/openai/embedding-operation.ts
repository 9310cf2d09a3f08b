import type { ModelOperation } from '../../calls/model-operation.js'
import { fieldsOf, listOf, parametersOf, textOf, usageOf } from '../../calls/read-fields.js'

// https://platform.openai.com/docs/api-reference/embeddings

/** Embeddings. The vectors stay out of the span: nobody reads them, and they are most of its bytes. */
export const embeddingOperation: ModelOperation = {
  name: 'openai.embeddings',
  type: 'embedding',
  request([body]) {
    const { model, input } = fieldsOf(body)
    return { model: textOf(model), parameters: parametersOf(fieldsOf(body), ['model', 'input']), input }
  },
  response(result) {
    const { model, data, usage } = fieldsOf(result)
    const { prompt_tokens, total_tokens } = fieldsOf(usage)
    const vectors = listOf(data)
    const dimensions = listOf(fieldsOf(vectors[0]).embedding).length
    return {
      model: textOf(model),
      output: { embeddings: vectors.length, ...(dimensions > 0 && { dimensions }) },
      usage: usageOf({ input: prompt_tokens, total: total_tokens }),
    }
  },
}
