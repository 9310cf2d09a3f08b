import type { ModelOperation } from '../../calls/model-operation.js'
import { fieldsOf, listOf, parametersOf, textOf } from '../../calls/read-fields.js'

/** `embedContent`. The vectors stay out of the span: nobody reads them, and they are most of its bytes. */
export const embedContentOperation: ModelOperation = {
  name: 'google.embedContent',
  type: 'embedding',
  request([params]) {
    const { model, contents, content, config } = fieldsOf(params)
    return {
      model: textOf(model),
      parameters: parametersOf(fieldsOf(config), ['abortSignal', 'httpOptions']),
      input: contents ?? content,
    }
  },
  response(result) {
    const vectors = listOf(fieldsOf(result).embeddings)
    const dimensions = listOf(fieldsOf(vectors[0]).values).length
    return { output: { embeddings: vectors.length, ...(dimensions > 0 && { dimensions }) } }
  },
}
