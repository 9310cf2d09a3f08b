import { expect, it } from 'vitest'
import { assembleChatCompletion } from './assemble-chat-completion.js'

const delta = (change: unknown, index = 0): unknown => ({ model: 'm', choices: [{ index, delta: change }] })

it('assembleChatCompletion() joins texts by choice, and calls of tools by their index', () => {
  const assembly = assembleChatCompletion()
  const chunks = [
    delta({ role: 'assistant', content: '' }),
    delta({ content: 'a' }),
    delta({ content: 'b' }, 1),
    delta({ content: 'c', refusal: null }),
    delta({ tool_calls: [{ index: 1, id: 'two', function: { name: 'g', arguments: '{' } }] }, 1),
    delta({ tool_calls: [{ index: 0, id: 'one', function: { name: 'f', arguments: '{' } }] }),
    delta({ tool_calls: [{ index: 0, function: { arguments: '}' } }] }),
    { choices: [], usage: { total_tokens: 3 } },
  ]
  expect(chunks.map((chunk) => assembly.add(chunk))).toEqual([false, true, true, true, true, true, true, false])
  expect(assembly.result()).toEqual({
    model: 'm',
    usage: { total_tokens: 3 },
    choices: [
      {
        message: {
          role: 'assistant',
          content: 'ac',
          tool_calls: [{ id: 'one', function: { name: 'f', arguments: '{}' } }],
        },
      },
      {
        message: {
          role: 'assistant',
          content: 'b',
          tool_calls: [{ id: 'two', function: { name: 'g', arguments: '{' } }],
        },
      },
    ],
  })
})

it.each([
  [undefined],
  [null],
  ['x'],
  [{}],
  [{ choices: 'x' }],
  [{ choices: [null] }],
  [delta({ tool_calls: [null] })],
  [delta({ tool_calls: [{ index: 1e9 }] })],
])('assembleChatCompletion() takes %j for what it is', (chunk) => {
  const assembly = assembleChatCompletion()
  assembly.add(chunk)
  expect(JSON.stringify(assembly.result()).length).toBeLessThan(200)
})
