import { describe, expect, it } from 'vitest'
import { conversationOf } from './conversation-of.js'

const call = (id: string | null) => ({ name: 'geo', id, input: { city: 'Bern' }, output: null })

describe('conversationOf()', () => {
  it.each<[string, unknown, unknown[]]>([
    [
      'OpenAI',
      [
        { role: 'developer', content: 'S' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Where?' },
            { type: 'image_url', image_url: {} },
          ],
        },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'c1', type: 'function', function: { name: 'geo', arguments: '{"city":"Bern"}' } }],
        },
        { role: 'tool', tool_call_id: 'c1', content: '46.9' },
      ],
      [
        { role: 'system', content: 'S', toolCalls: [] },
        { role: 'user', content: 'Where?', toolCalls: [] },
        { role: 'assistant', content: '', toolCalls: [call('c1')] },
        { role: 'tool', content: '46.9', toolCalls: [] },
      ],
    ],
    [
      'Anthropic',
      {
        model: 'm',
        messages: [
          {
            role: 'assistant',
            content: [
              { type: 'text', text: 'Hm.' },
              { type: 'tool_use', id: 'c1', name: 'geo', input: { city: 'Bern' } },
            ],
          },
          { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c1', content: '46.9' }] },
        ],
      },
      [
        { role: 'assistant', content: 'Hm.', toolCalls: [call('c1')] },
        { role: 'user', content: '46.9', toolCalls: [] },
      ],
    ],
    [
      'LangChain',
      [
        { type: 'human', content: 'Where?' },
        { type: 'ai', content: '', tool_calls: [{ name: 'geo', args: { city: 'Bern' }, id: 'c1' }] },
      ],
      [
        { role: 'user', content: 'Where?', toolCalls: [] },
        { role: 'assistant', content: '', toolCalls: [call('c1')] },
      ],
    ],
    [
      'the AI SDK',
      [
        {
          role: 'assistant',
          content: [{ type: 'tool-call', toolCallId: 'c1', toolName: 'geo', input: { city: 'Bern' } }],
        },
        { role: 'tool', content: [{ type: 'tool-result', toolCallId: 'c1', output: { lat: 46.9 } }] },
      ],
      [
        { role: 'assistant', content: '', toolCalls: [call('c1')] },
        { role: 'tool', content: '{"lat":46.9}', toolCalls: [] },
      ],
    ],
    [
      'Google',
      [
        { role: 'user', parts: [{ text: 'Where?' }] },
        { role: 'model', parts: [{ functionCall: { name: 'geo', args: { city: 'Bern' } } }] },
      ],
      [
        { role: 'user', content: 'Where?', toolCalls: [] },
        { role: 'assistant', content: '', toolCalls: [call(null)] },
      ],
    ],
    [
      'roles that nobody knows',
      [
        { role: 'robot', content: 'x' },
        { role: 'user', content: 'y' },
      ],
      [{ role: 'user', content: 'y', toolCalls: [] }],
    ],
    [
      'broken calls',
      [
        { role: 'user', content: 'x' },
        { role: 'assistant', tool_calls: [null, 5, {}, { name: '' }] },
      ],
      [
        { role: 'user', content: 'x', toolCalls: [] },
        { role: 'assistant', content: '', toolCalls: [] },
      ],
    ],
  ])('conversationOf() reads messages of %s', (_, payload, expected) => {
    expect(conversationOf(payload)).toEqual(expected)
  })

  it.each([null, 'text', 5, [], {}, [{ role: 'user', content: 'one message' }], { question: 'x' }, ['a', 'b']])(
    'conversationOf() finds no dialogue in %j',
    (payload) => {
      expect(conversationOf(payload)).toEqual([])
    },
  )
})
