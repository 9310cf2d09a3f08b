import { describe, expect, it } from 'vitest'
import { firstLine, visibleText } from '../format/visible-text.js'
import { readMessages } from './read-messages.js'
import { cutAtLinks, imageSource } from './safe-urls.js'

const PNG = 'data:image/png;base64,AAAA'

describe('readMessages()', () => {
  const text = (said: string): object => ({ kind: 'text', text: said })

  it.each([
    ['OpenAI', [{ role: 'user', content: 'hi' }], [{ role: 'user', parts: [text('hi')] }]],
    ['one message', { role: 'assistant', content: 'yes' }, [{ role: 'assistant', parts: [text('yes')] }]],
    [
      'a completion',
      { choices: [{ message: { role: 'assistant', content: 'a' } }] },
      [{ role: 'assistant', parts: [text('a')] }],
    ],
    [
      'a system prompt beside the messages',
      { system: 's', messages: [{ role: 'user', content: [{ type: 'text', text: 'u' }] }] },
      [
        { role: 'system', parts: [text('s')] },
        { role: 'user', parts: [text('u')] },
      ],
    ],
    [
      'tool calls of OpenAI',
      [
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }],
        },
      ],
      [{ role: 'assistant', parts: [{ kind: 'tool-call', name: 'f', id: 'c', value: { a: 1 } }] }],
    ],
    [
      'tool results of OpenAI',
      [{ role: 'tool', tool_call_id: 'c', content: 'done' }],
      [{ role: 'tool', parts: [{ kind: 'tool-result', name: '', id: 'c', value: 'done' }] }],
    ],
    [
      'Anthropic',
      [
        {
          role: 'user',
          content: [
            { type: 'tool_use', id: 't', name: 'f', input: { a: 1 } },
            { type: 'tool_result', tool_use_id: 't', content: '[2]' },
          ],
        },
      ],
      [
        {
          role: 'user',
          parts: [
            { kind: 'tool-call', name: 'f', id: 't', value: { a: 1 } },
            { kind: 'tool-result', name: '', id: 't', value: [2] },
          ],
        },
      ],
    ],
    [
      'the AI SDK',
      [{ role: 'assistant', content: [{ type: 'tool-call', toolCallId: 'x', toolName: 'f', args: {} }] }],
      [{ role: 'assistant', parts: [{ kind: 'tool-call', name: 'f', id: 'x', value: {} }] }],
    ],
    [
      "OpenTelemetry's conventions",
      [
        {
          role: 'user',
          parts: [
            { type: 'text', content: 'hi' },
            { type: 'tool_call', id: 'y', name: 'g', arguments: { b: 2 } },
          ],
        },
      ],
      [{ role: 'user', parts: [text('hi'), { kind: 'tool-call', name: 'g', id: 'y', value: { b: 2 } }] }],
    ],
    [
      'images',
      [
        {
          role: 'user',
          content: [
            { type: 'image_url', image_url: { url: PNG } },
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
            { type: 'image_url', image_url: { url: 'https://x.example/y.png' } },
          ],
        },
      ],
      [
        {
          role: 'user',
          parts: [
            { kind: 'image', source: PNG },
            { kind: 'image', source: PNG },
            { kind: 'image-address', address: 'https://x.example/y.png' },
          ],
        },
      ],
    ],
    [
      'parts of an unknown kind',
      [{ role: 'u', content: [{ type: 'audio', x: 1 }, 5] }],
      [
        {
          role: 'u',
          parts: [
            { kind: 'other', value: { type: 'audio', x: 1 } },
            { kind: 'other', value: 5 },
          ],
        },
      ],
    ],
  ])('readMessages() reads %s', (_, value, expected) => {
    expect(readMessages(value)).toEqual(expected)
  })

  it.each([
    [undefined],
    [null],
    [[]],
    [{}],
    ['hi'],
    [[{ role: 'user' }]],
    [[{ role: 1, content: 'x' }]],
    [[{ role: 'user', content: 'x' }, 5]],
    [{ messages: 'no' }],
  ])('readMessages() takes %j for no conversation', (value) => {
    expect(readMessages(value)).toBeUndefined()
  })
})

describe('imageSource()', () => {
  it.each([
    [PNG, PNG],
    ['@@@langfuseMedia:type=image/jpeg|id=abc_-1|source=base64_data_uri@@@', '/viewer/api/images/abc_-1'],
    ['@@@langfuseMedia:type=image/svg+xml|id=abc|source=bytes@@@', undefined],
    ['@@@langfuseMedia:type=image/png|id=../../x|source=bytes@@@', undefined],
    ['data:image/svg+xml;base64,AAAA', undefined],
    ['data:text/html,<b>', undefined],
    ['javascript:alert(1)', undefined],
    [5, undefined],
  ])('imageSource() gives for %j %j', (value, expected) => {
    expect(imageSource(value)).toBe(expected)
  })
})

describe('cutAtLinks()', () => {
  it.each([
    [
      'see https://a.example/b?c=d, and (http://x.example).',
      ['see ', 'https://a.example/b?c=d', ', and (', 'http://x.example', ').'],
    ],
    ['javascript:alert(1) data:text/html,x file:///x', ['javascript:alert(1) data:text/html,x file:///x']],
    ['xhttps://a.example', ['x', 'https://a.example', '']],
  ])('cutAtLinks() cuts %j', (text, pieces) => {
    expect(cutAtLinks(text)).toEqual(pieces)
  })
})

describe('visibleText()', () => {
  it.each([
    ['plain, with\ttabs\nand lines', 'plain, with\ttabs\nand lines'],
    ['a\u202Eb\u2069c', 'a\\u202Eb\\u2069c'],
    ['nul\0 bell\x07', 'nul\\u0000 bell\\u0007'],
    ['👩‍🚀 שלום', '👩‍🚀 שלום'],
  ])('visibleText() shows %j as %j', (text, expected) => {
    expect(visibleText(text)).toBe(expected)
  })

  it.each([
    ['{"question":"Where is \\"it\\"?\\nHere"}', 'Where is "it"? Here'],
    ['{"question":"cut in the mid', 'cut in the mid'],
    ['{"a":1,"b":2}', '{"a":1,"b":2}'],
    ['{"a":"1","b":"2"}', '{"a":"1","b":"2"}'],
    ['  two\n\nlines ', 'two lines '],
  ])('firstLine() shows %j as %j', (text, expected) => {
    expect(firstLine(text)).toBe(expected)
  })
})
