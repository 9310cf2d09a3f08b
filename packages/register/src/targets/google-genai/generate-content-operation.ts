import type { ModelOperation, StreamAssembly } from '../../calls/model-operation.js'
import { fieldsOf, listOf, parametersOf, textOf, usageOf, without } from '../../calls/read-fields.js'

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

/** Each chunk is a response of its own; usage and reasons of the last one hold. */
function assembleContent(): StreamAssembly {
  let last: Record<string, unknown> = {}
  const candidates: { role: unknown; parts: Record<string, unknown>[] }[] = []
  return {
    add(chunk) {
      last = {
        ...last,
        ...Object.fromEntries(Object.entries(fieldsOf(chunk)).filter(([, value]) => value !== undefined)),
      }
      let isWriting = false
      for (const [position, candidate] of listOf(fieldsOf(chunk).candidates).entries()) {
        const { index = position, content } = fieldsOf(candidate)
        const { role, parts } = fieldsOf(content)
        const at = Number(index)
        candidates[at] ??= { role, parts: [] }
        for (const part of listOf(parts)) {
          addPart(candidates[at].parts, { ...fieldsOf(part) })
          isWriting = true
        }
      }
      return isWriting
    },
    result: () => ({ ...last, candidates: candidates.filter(Boolean).map((content) => ({ content })) }),
  }
}

/** Text that goes on is one part; thoughts are kept apart from what is said. */
function addPart(parts: Record<string, unknown>[], part: Record<string, unknown>): void {
  const before = parts.at(-1)
  const goesOn = typeof part.text === 'string' && typeof before?.text === 'string' && part.thought === before.thought
  if (goesOn) before.text = `${before.text}${part.text}`
  else parts.push(part)
}
