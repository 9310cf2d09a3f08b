import { describe, expect, it } from 'vitest'
import { ANSWER_RULES, mainText, QUERY_RULES } from './main-text.js'

const chat = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'First?' },
  { role: 'assistant', content: 'One.' },
  { role: 'user', content: 'Second?' },
]

describe('mainText()', () => {
  it.each<[string, unknown, string, Record<string, unknown>]>([
    ['text', 'What is it?', 'What is it?', {}],
    ['none', null, '', {}],
    ['a number', 42, '42', {}],
    ['false', false, 'false', {}],
    ['captured arguments', { question: 'Why?', context: ['a'] }, 'Why?', { context: ['a'] }],
    ['the better of two names', { input: 'raw', query: 'Why?' }, 'Why?', { input: 'raw' }],
    ['a name in another case', { user_query: 'Why?' }, 'Why?', {}],
    ['an empty field and a full one', { query: '', prompt: 'Why?' }, 'Why?', { query: '' }],
    ['chat messages', chat, 'Second?', {}],
    ['chat messages in a request', { model: 'gpt-4o', messages: chat }, 'Second?', { model: 'gpt-4o' }],
    ['one message', { role: 'user', content: 'Hi' }, 'Hi', {}],
    ['LangChain messages', [{ type: 'human', content: 'Hi' }], 'Hi', {}],
    ['Gemini contents', { contents: [{ role: 'user', parts: [{ text: 'Hi ' }, { text: 'you' }] }] }, 'Hi you', {}],
    [
      'a picture beside the text',
      [
        {
          role: 'user',
          content: [
            { type: 'image_url', image_url: {} },
            { type: 'text', text: 'What is this?' },
          ],
        },
      ],
      'What is this?',
      {},
    ],
    [
      'a wrapper with something beside the text',
      { input: { question: 'Why?', k: 3 }, user: 'u' },
      'Why?',
      { user: 'u', input: { k: 3 } },
    ],
    ['a single argument', ['Why?'], 'Why?', {}],
    ['positional arguments', ['Why?', ['context'], { k: 3 }], 'Why?', { arguments: [['context'], { k: 3 }] }],
    ['Python-style arguments', { args: [{ question: 'Why?' }], kwargs: {} }, 'Why?', { kwargs: {} }],
    ['a single unknown field with text', { topic: 'trees' }, 'trees', {}],
    ['unknown fields', { a: 1, b: 2 }, '{"a":1,"b":2}', {}],
    ['a known field without any text', { query: { a: 1, b: 2 } }, '{"query":{"a":1,"b":2}}', {}],
    ['a list of texts', ['a', 'b'], '["a","b"]', {}],
    ['an empty list', [], '[]', {}],
  ])('mainText() finds the query in %s', (_, value, text, rest) => {
    expect(mainText(value, QUERY_RULES)).toEqual({ text, rest })
  })

  it.each<[string, unknown, string, Record<string, unknown>]>([
    ['text', 'It is.', 'It is.', {}],
    ['a captured result', { response: 'It is.', sources: [1] }, 'It is.', { sources: [1] }],
    ['one message', { role: 'assistant', content: 'world' }, 'world', {}],
    ['the last assistant message', [...chat, { role: 'assistant', content: 'Two.' }], 'Two.', {}],
    [
      'a message that only calls tools after one with text',
      [
        { role: 'assistant', content: 'Wait.' },
        { role: 'assistant', content: null, tool_calls: [] },
      ],
      'Wait.',
      {},
    ],
    [
      'an OpenAI completion',
      { id: 'c', choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' } }] },
      'Hi',
      { id: 'c', choices: { index: 0 } },
    ],
    [
      'Anthropic content',
      { content: [{ type: 'text', text: 'Hi' }], stop_reason: 'end' },
      'Hi',
      { stop_reason: 'end' },
    ],
    ['Gemini candidates', { candidates: [{ content: { role: 'model', parts: [{ text: 'Hi' }] } }] }, 'Hi', {}],
    ['a list', ['a', { b: 1 }], '["a",{"b":1}]', {}],
    ['a score', { score: 1, reason: 'x' }, '{"score":1,"reason":"x"}', {}],
  ])('mainText() finds the answer in %s', (_, value, text, rest) => {
    expect(mainText(value, ANSWER_RULES)).toEqual({ text, rest })
  })

  it('mainText() survives nesting deeper than the stack', () => {
    const list: unknown = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`)
    const record: unknown = JSON.parse(`${'{"input":'.repeat(50_000)}1${'}'.repeat(50_000)}`)
    expect(typeof mainText(list, QUERY_RULES).text).toBe('string')
    expect(typeof mainText(record, QUERY_RULES).text).toBe('string')
  })
})
