import { describe, expect, it } from 'vitest'
import { emptyAttributes } from '../decode-otlp/attributes.js'
import { observationType } from './observation-type.js'

const origin = {
  resourceAttributes: emptyAttributes(),
  scope: { name: 'any', version: undefined, attributes: emptyAttributes() },
}

describe('observationType()', () => {
  it.each([
    [{}, 'SPAN'],
    [{ 'langfuse.observation.type': 'retriever' }, 'RETRIEVER'],
    [{ 'langfuse.observation.type': 'event' }, 'EVENT'],
    // Upper case is unknown on the way in, and falls through.
    [{ 'langfuse.observation.type': 'GENERATION' }, 'SPAN'],
    [{ 'langfuse.observation.type': 'nonsense', 'llm.model_name': 'm' }, 'GENERATION'],
    [{ 'langfuse.observation.type': 'tool', 'openinference.span.kind': 'LLM' }, 'TOOL'],
    [{ 'openinference.span.kind': 'LLM' }, 'GENERATION'],
    [{ 'openinference.span.kind': 'RERANKER' }, 'SPAN'],
    [{ 'gen_ai.operation.name': 'chat' }, 'GENERATION'],
    [{ 'gen_ai.operation.name': 'embeddings', model: 'm' }, 'EMBEDDING'],
    [{ 'gen_ai.operation.name': 'execute_tool' }, 'TOOL'],
    [{ 'gen_ai.operation.name': 'invoke_agent' }, 'AGENT'],
    [{ 'operation.name': 'ai.generateText.doGenerate my-function', 'ai.model.id': 'm' }, 'GENERATION'],
    [{ 'ai.operationId': 'ai.embed.doEmbed', 'ai.model.id': 'm' }, 'EMBEDDING'],
    [{ 'ai.operationId': 'ai.streamText.doStream' }, 'SPAN'],
    [{ 'ai.operationId': 'ai.toolCall' }, 'TOOL'],
    [{ 'gen_ai.tool.name': 'search' }, 'TOOL'],
    [{ 'gen_ai.tool.name': '' }, 'SPAN'],
    [{ model: 'gpt-4o' }, 'GENERATION'],
    [{ model: '' }, 'SPAN'],
    [{ 'langfuse.observation.type': 7, constructor: 'x' }, 'SPAN'],
  ])('observationType() makes of %j a %s', (attributes, type) => {
    expect(observationType(Object.assign(emptyAttributes(), attributes), origin)).toBe(type)
  })

  it.each([
    ['3.3.0', 'GENERATION'],
    ['2.60.1', 'GENERATION'],
    ['3.4.0', 'SPAN'],
    ['4.0.0', 'SPAN'],
  ])('observationType() corrects spans of the Python SDK %s to %s', (version, type) => {
    const resourceAttributes = Object.assign(emptyAttributes(), { 'telemetry.sdk.language': 'python' })
    const attributes = Object.assign(emptyAttributes(), {
      'langfuse.observation.type': 'span',
      'langfuse.observation.usage_details': '{}',
    })
    expect(
      observationType(attributes, { resourceAttributes, scope: { ...origin.scope, name: 'langfuse-sdk', version } }),
    ).toBe(type)
  })
})
