import { expect, it } from 'vitest'
import type { StreamAssembly } from '../../calls/model-operation.js'
import { textCompletionOperation } from './text-completion-operation.js'

const { request, response } = textCompletionOperation
const begin = (): StreamAssembly => {
  const assembly = textCompletionOperation.assemble?.()
  if (!assembly) throw new Error('expected an operation with streams')
  return assembly
}
const chunk = (...choices: readonly unknown[]): object => ({ model: 'm', choices })

it.each<[string, unknown, object]>([
  [
    'a prompt',
    { model: 'm', prompt: 'hi', temperature: 0 },
    { model: 'm', input: 'hi', parameters: { temperature: 0 } },
  ],
  ['prompts', { prompt: ['a', 'b'] }, { input: ['a', 'b'] }],
  ['tokens', { prompt: [1, 2] }, { input: [1, 2] }],
  ['what stands behind it', { prompt: 'a', suffix: 'b' }, { input: { prompt: 'a', suffix: 'b' } }],
  ['a suffix that is none', { prompt: 'a', suffix: null }, { input: 'a', parameters: {} }],
  ['nothing', undefined, { model: undefined, input: undefined, parameters: {} }],
])('request() reads %s', (_, body, expected) => {
  expect(request([body])).toMatchObject(expected)
})

it.each<[string, unknown, object]>([
  ['one text', { model: 'm', choices: [{ text: 'a' }] }, { model: 'm', output: 'a' }],
  ['several', { choices: [{ text: 'a' }, { text: 'b' }] }, { output: ['a', 'b'] }],
  ['none', { choices: [] }, { output: [] }],
  [
    'tokens',
    { usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } },
    { usage: { input: 3, output: 2, total: 5 } },
  ],
  ['garbage', 'x', { output: [], usage: undefined }],
  ['choices that are none', { choices: [null, 1, 'x'] }, { output: [undefined, undefined, undefined] }],
])('response() reads %s', (_, result, expected) => {
  expect(response(result)).toMatchObject(expected)
})

it.each<[string, readonly unknown[], object]>([
  [
    'text',
    [chunk({ index: 0, text: 'Hel' }), chunk({ index: 0, text: 'lo' })],
    { model: 'm', choices: [{ text: 'Hello' }] },
  ],
  [
    'texts by their index',
    [chunk({ index: 1, text: 'b' }, { index: 0, text: 'a' }), chunk({ index: 1, text: 'b' })],
    { choices: [{ text: 'bb' }, { text: 'a' }] },
  ],
  [
    'usage that comes last',
    [chunk({ text: 'a' }), { choices: [], usage: { total_tokens: 1 } }],
    { choices: [{ text: 'a' }], usage: { total_tokens: 1 } },
  ],
  [
    'garbage',
    [null, undefined, 1, 'x', [], { choices: null }, { choices: [null, 1, { text: 1 }, { index: {}, text: null }] }],
    {},
  ],
  ['a large index', [chunk({ index: 4_294_967_294, text: 'x' })], { choices: [{ text: 'x' }] }],
])('assemble() puts together %s', (_, chunks, expected) => {
  const assembly = begin()
  for (const each of chunks) assembly.add(each)
  expect(assembly.result()).toMatchObject(expected)
})

it.each<[unknown, boolean]>([
  [chunk({ text: 'a' }), true],
  [chunk({ text: '' }), false],
  [{ choices: [] }, false],
])('add() tells of %j whether the model has written: %s', (each, isWriting) => {
  expect(begin().add(each)).toBe(isWriting)
})
