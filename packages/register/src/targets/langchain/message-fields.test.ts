import { describe, expect, it } from 'vitest'
import { messagesOf } from './message-fields.js'

/** A message as LangChain's classes have it. */
function message(type: unknown, fields: object): object {
  return Object.assign(Object.create({ _getType: () => type }), { content: 'hi', ...fields })
}

class Other {
  readonly content = 'hi'
}

describe('messagesOf()', () => {
  it.each<[string, object, object]>([
    ['human', {}, { role: 'user', content: 'hi' }],
    ['ai', {}, { role: 'assistant', content: 'hi' }],
    ['ai', { tool_calls: [] }, { role: 'assistant', content: 'hi' }],
    ['system', { name: 'me' }, { role: 'system', content: 'hi', name: 'me' }],
    ['tool', { tool_call_id: 't' }, { role: 'tool', content: 'hi', tool_call_id: 't' }],
    ['generic', { role: 'critic' }, { role: 'critic', content: 'hi' }],
  ])('writes a message of type %s with %j as Langfuse shows it', (type, fields, expected) => {
    expect(messagesOf(message(type, fields))).toEqual(expected)
  })

  it('writes calls of tools as OpenAI does', () => {
    const calls = [{ id: '1', name: 'weather', args: { city: 'Oslo' } }, null]
    expect(messagesOf(message('ai', { tool_calls: calls }))).toMatchObject({
      tool_calls: [
        { id: '1', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } },
        { type: 'function', function: {} },
      ],
    })
  })

  it('finds messages in a list, in the members of a state, and in a prompt', () => {
    const plain = { role: 'user', content: 'hi' }
    const one = message('human', {})
    expect(messagesOf([one, 1])).toEqual([plain, 1])
    expect(messagesOf({ messages: [one], last: one, n: 1 })).toEqual({ messages: [plain], last: plain, n: 1 })
    expect(messagesOf({ toChatMessages: () => [one] })).toEqual([plain])
  })

  it.each([undefined, null, 0, '', 'text', true, [], {}, new Other(), { _getType: 'human' }])(
    'leaves %j as it is',
    (value) => {
      expect(messagesOf(value)).toEqual(value)
    },
  )

  it('survives a type that is none', () => {
    expect(messagesOf(message(undefined, {}))).toEqual({ role: 'unknown', content: 'hi' })
  })
})
