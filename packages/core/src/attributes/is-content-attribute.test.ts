import { describe, expect, it } from 'vitest'
import { isContentAttribute, withoutContent } from './is-content-attribute.js'

describe('isContentAttribute()', () => {
  it.each([
    'langfuse.observation.input',
    'langfuse.observation.output',
    'langfuse.trace.input',
    'langfuse.trace.output',
    'gen_ai.prompt',
    'gen_ai.completion',
    'gen_ai.input.messages',
    'gen_ai.output.messages',
    'gen_ai.system_instructions',
    'gen_ai.tool.call.arguments',
    'gen_ai.tool.call.result',
    'gen_ai.prompt.0.content',
    'gen_ai.output.messages.3.parts',
    'langfuse.observation.input.query',
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
    'gen_aiXprompt',
    'gen_ai_prompt',
    'gen_ai.tool.call.argumentsX',
    'gen_ai.tool.call.id',
    // Other conventions' names are the exporter's to drop.
    'input.value',
    'ai.prompt.messages',
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
