import { expect, it } from 'vitest'
import { assembleMessage } from './assemble-message.js'

const START = { type: 'message_start', message: { role: 'assistant', model: 'm', usage: { input_tokens: 9 } } }
const block = (index: unknown, content_block: unknown): object => ({
  type: 'content_block_start',
  index,
  content_block,
})
const delta = (index: unknown, change: unknown): object => ({ type: 'content_block_delta', index, delta: change })
const text = (piece: unknown): object => ({ type: 'text_delta', text: piece })

function assembled(events: readonly unknown[]): unknown {
  const assembly = assembleMessage()
  for (const event of events) assembly.add(event)
  return assembly.result()
}

it.each<[string, readonly unknown[], object]>([
  [
    'text',
    [START, block(0, { type: 'text', text: '' }), delta(0, text('Hel')), delta(0, text('lo'))],
    {
      content: [{ type: 'text', text: 'Hello' }],
    },
  ],
  [
    'thoughts with their signature, then text',
    [
      block(0, { type: 'thinking', thinking: '' }),
      delta(0, { type: 'thinking_delta', thinking: 'hm' }),
      delta(0, { type: 'signature_delta', signature: 's' }),
      block(1, { type: 'text', text: '' }),
      delta(1, text('Hi')),
    ],
    {
      content: [
        { type: 'thinking', thinking: 'hm', signature: 's' },
        { type: 'text', text: 'Hi' },
      ],
    },
  ],
  [
    'what a tool is called with',
    [
      block(0, { type: 'tool_use', id: 't', name: 'n', input: {} }),
      delta(0, { type: 'input_json_delta', partial_json: '{"a":' }),
      delta(0, { type: 'input_json_delta', partial_json: '1}' }),
    ],
    { content: [{ type: 'tool_use', id: 't', name: 'n', input: { a: 1 } }] },
  ],
  [
    'a tool whose call is cut off',
    [block(0, { type: 'tool_use', input: {} }), delta(0, { type: 'input_json_delta', partial_json: '{"a":' })],
    { content: [{ type: 'tool_use', input: '{"a":' }] },
  ],
  ['a tool that is called with nothing', [block(0, { type: 'tool_use', input: {} })], { content: [{ input: {} }] }],
  [
    'citations',
    [
      block(0, { type: 'text', text: '', citations: null }),
      delta(0, { type: 'citations_delta', citation: { a: 1 } }),
      delta(0, { type: 'citations_delta', citation: { b: 2 } }),
    ],
    { content: [{ citations: [{ a: 1 }, { b: 2 }] }] },
  ],
  [
    'tokens, of which the last numbers hold, but not where there are none',
    [
      START,
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 5, input_tokens: null } },
    ],
    { model: 'm', stop_reason: 'end_turn', usage: { input_tokens: 9, output_tokens: 5 } },
  ],
  ['nothing', [], { content: [], usage: {} }],
])('assembleMessage() puts together %s', (_, events, expected) => {
  expect(assembled(events)).toMatchObject(expected)
})

it.each<[string, boolean, unknown]>([
  ['a delta', true, delta(0, text('Hi'))],
  ['a begin', false, START],
  ['a ping', false, { type: 'ping' }],
])('add() tells of %s whether the model has written: %s', (_, isWriting, event) => {
  expect(assembleMessage().add(event)).toBe(isWriting)
})

it.each<[string, readonly unknown[]]>([
  ['no objects', [null, undefined, 1, 'x', true, [], () => {}, Symbol('s'), 1n]],
  [
    'events without members',
    ['message_start', 'message_delta', 'content_block_start', 'content_block_delta'].map((type) => ({ type })),
  ],
  [
    'null for members',
    [
      { type: 'message_start', message: null },
      { type: 'message_delta', delta: null, usage: null },
      block(null, null),
      delta(null, null),
    ],
  ],
  [
    'text for members',
    [
      { type: 'message_start', message: 'x' },
      { type: 'message_delta', delta: 'x', usage: 'x' },
      block('0', 'x'),
      delta('0', 'x'),
    ],
  ],
  ['a delta before its block', [delta(0, text('x'))]],
  [
    'pieces that are no text',
    [block(0, { type: 'text', text: 1 }), delta(0, text({})), delta(0, text(null)), delta(0, { text: 7n })],
  ],
  [
    'indexes that are none',
    [-1, 0.5, Number.NaN, Infinity, '0', {}, null].flatMap((index) => [block(index, {}), delta(index, text('x'))]),
  ],
  ['a frozen block', [block(0, Object.freeze({ type: 'text', text: '' })), delta(0, text('x'))]],
])('assembleMessage() goes on with %s', (_, events) => {
  const assembly = assembleMessage()
  for (const event of events) expect(() => assembly.add(event)).not.toThrow()
  expect(JSON.stringify(assembly.result())).toBeTypeOf('string')
})

it('assembleMessage() takes the index of a block as a name: a large one costs nothing', () => {
  // A list of that length would take minutes to go through.
  expect(assembled([block(4_294_967_294, { type: 'text', text: '' }), delta(4_294_967_294, text('x'))])).toMatchObject({
    content: [{ text: 'x' }],
  })
})

it('assembleMessage() gives no object another prototype', () => {
  const hostile = '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'
  const result = assembled([
    { type: 'message_start', message: JSON.parse(hostile) },
    { type: 'message_delta', delta: JSON.parse(hostile), usage: JSON.parse(hostile) },
    block(0, JSON.parse(hostile)),
    delta(0, JSON.parse(hostile)),
  ])
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  expect((result as { polluted?: boolean }).polluted).toBeUndefined()
})

it('assembleMessage() leaves events as they are', () => {
  const events = [START, block(0, { type: 'text', text: '' }), delta(0, text('Hi'))]
  const before = structuredClone(events)
  assembled(events)
  expect(events).toEqual(before)
})
