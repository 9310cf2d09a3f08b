import type { ModelOperation, StreamAssembly } from '../../calls/model-operation.js'
import { type Fields, fieldsOf, listOf, parametersOf, textOf } from '../../calls/read-fields.js'
import { assembleMessage } from '../anthropic/assemble-message.js'
import { answerOf } from './model-answer.js'

// https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters.html: each vendor's models take and give JSON of their own.

const CONTENT = [
  ...['messages', 'prompt', 'inputText', 'texts', 'message', 'chat_history', 'system', 'tools', 'inputImage'],
  ...['inferenceConfig', 'textGenerationConfig', 'anthropic_version', 'schemaVersion'],
]

/** `InvokeModel` and `InvokeModelWithResponseStream`, for the bodies of the vendors that Bedrock documents. */
export const invokeModelOperation: ModelOperation = {
  name: 'bedrock.invokeModel',
  type: 'generation',
  request([input]) {
    const { modelId, body } = fieldsOf(input)
    const asked = readJson(body)
    const {
      messages,
      prompt = messages,
      inputText = prompt,
      message = inputText,
      texts = message,
      system,
      tools,
    } = asked
    const conversation = system === undefined ? texts : [{ role: 'system', content: system }, ...listOf(texts)]
    return {
      model: textOf(modelId),
      parameters: {
        ...parametersOf(fieldsOf(asked.inferenceConfig ?? asked.textGenerationConfig), []),
        ...parametersOf(asked, CONTENT),
      },
      input: tools === undefined ? conversation : { messages: conversation, tools },
    }
  },
  response(result) {
    const { body, assembled } = fieldsOf(result)
    return answerOf(assembled === undefined ? readJson(body) : fieldsOf(assembled))
  },
  assemble: assembleBody,
}

/** Chunks are JSON in bytes: Anthropic's events, or pieces of an answer of the vendor's own. */
function assembleBody(): StreamAssembly {
  const message = assembleMessage()
  let isMessage = false
  const rest: Record<string, unknown> = {}
  let text = ''
  return {
    add(event) {
      const chunk = readJson(fieldsOf(fieldsOf(event).chunk).bytes)
      if (textOf(chunk.type)?.startsWith('message') || textOf(chunk.type)?.startsWith('content_block')) {
        isMessage = true
        return message.add(chunk)
      }
      const piece = pieceOf(chunk)
      text += piece
      for (const [name, value] of Object.entries(chunk)) if (value !== null) rest[name] = value
      return piece !== ''
    },
    result: () => ({ assembled: isMessage ? message.result() : { ...rest, text } }),
  }
}

/** Titan, Llama, Mistral, Nova, and those that write as OpenAI does. */
function pieceOf({ outputText, generation, outputs, choices, contentBlockDelta }: Fields): string {
  const delta = fieldsOf(fieldsOf(contentBlockDelta).delta)
  const written = fieldsOf(fieldsOf(listOf(choices)[0]).delta).content
  return textOf(outputText ?? generation ?? fieldsOf(listOf(outputs)[0]).text ?? delta.text ?? written) ?? ''
}

function readJson(body: unknown): Fields {
  const text = body instanceof Uint8Array ? new TextDecoder().decode(body) : textOf(body)
  try {
    return fieldsOf(JSON.parse(text ?? ''))
  } catch {
    return {}
  }
}
