import { describe, expect, it } from 'vitest'
import { isContentAttribute, withoutContent } from './is-content-attribute.js'

describe('isContentAttribute()', () => {
  it.each([
    'langfuse.observation.input',
    'langfuse.trace.output',
    'input.value',
    'gen_ai.prompt',
    'gen_ai.prompt.0.content',
    'gen_ai.input.messages',
    'llm.output_messages.3.message.content',
    'traceloop.entity.input',
    'ai.response.text',
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
