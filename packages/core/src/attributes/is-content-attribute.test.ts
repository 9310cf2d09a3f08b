import { describe, expect, it } from 'vitest'
import { isContentAttribute, withoutContent } from './is-content-attribute.js'

describe('isContentAttribute()', () => {
  it.each([
    'langfuse.observation.input',
    'langfuse.observation.output',
    'langfuse.trace.input',
    'langfuse.trace.output',
    'input.value',
    'output.value',
    'llm.input_messages',
    'llm.output_messages',
    'llm.prompts',
    'retrieval.documents',
    'gen_ai.prompt',
    'gen_ai.completion',
    'gen_ai.input.messages',
    'gen_ai.output.messages',
    'gen_ai.system_instructions',
    'gen_ai.tool.call.arguments',
    'gen_ai.tool.call.result',
    'traceloop.entity.input',
    'traceloop.entity.output',
    'ai.prompt',
    'ai.response.text',
    'ai.response.object',
    'ai.response.toolCalls',
    'ai.toolCall.args',
    'ai.toolCall.result',
    'gen_ai.prompt.0.content',
    'llm.output_messages.3.message.content',
  ])('isContentAttribute(%j) is true', (key) => {
    expect(isContentAttribute(key)).toBe(true)
  })

  it.each([
    '',
    'input',
    'input.mime_type',
    'gen_ai.prompt_tokens',
    'gen_ai.request.model',
    'gen_ai.usage.input_tokens',
    'langfuse.observation.input_tokens',
    'langfuse.observation.metadata.input',
    'my.gen_ai.prompt',
    // A dot stands for itself.
    'inputXvalue',
    'gen_ai_prompt',
    'ai.toolCall.argsX',
    'ai.toolCall.id',
  ])('isContentAttribute(%j) is false', (key) => {
    expect(isContentAttribute(key)).toBe(false)
  })
})

describe('withoutContent()', () => {
  it('withoutContent() leaves out content, and everything of a message', () => {
    expect(withoutContent('chunk', { 'gen_ai.completion': 'x', index: 1 })).toEqual({ index: 1 })
    expect(withoutContent('gen_ai.choice', { index: 1, message: 'x' })).toEqual({})
    expect(withoutContent('bare', undefined)).toEqual({})
  })
})
