import { expect, it } from 'vitest'
import { assembleContent } from './assemble-content.js'

const chunk = (...parts: readonly unknown[]): object => ({
  candidates: [{ index: 0, content: { role: 'model', parts } }],
})

function assembled(chunks: readonly unknown[]): unknown {
  const assembly = assembleContent()
  for (const each of chunks) assembly.add(each)
  return assembly.result()
}

it.each<[string, readonly unknown[], object]>([
  [
    'text',
    [chunk({ text: 'Hel' }), chunk({ text: 'lo' })],
    {
      candidates: [{ content: { role: 'model', parts: [{ text: 'Hello' }] } }],
    },
  ],
  [
    'thoughts, apart from what is said',
    [chunk({ text: 'hm', thought: true }), chunk({ text: 'm', thought: true }), chunk({ text: 'Hi' })],
    {
      candidates: [{ content: { parts: [{ text: 'hmm', thought: true }, { text: 'Hi' }] } }],
    },
  ],
  [
    'calls of functions, between texts',
    [chunk({ text: 'a' }), chunk({ functionCall: { name: 'f' } }), chunk({ text: 'b' })],
    {
      candidates: [{ content: { parts: [{ text: 'a' }, { functionCall: { name: 'f' } }, { text: 'b' }] } }],
    },
  ],
  [
    'candidates by their index',
    [
      {
        candidates: [
          { index: 1, content: { role: 'model', parts: [{ text: 'b' }] } },
          { index: 0, content: { role: 'model', parts: [{ text: 'a' }] } },
        ],
      },
      { candidates: [{ index: 0, content: { parts: [{ text: 'a' }] } }] },
    ],
    { candidates: [{ content: { parts: [{ text: 'b' }] } }, { content: { parts: [{ text: 'aa' }] } }] },
  ],
  [
    'candidates without an index by their position',
    [{ candidates: [{ content: { parts: [{ text: 'a' }] } }, { content: { parts: [{ text: 'b' }] } }] }],
    {
      candidates: [{ content: { parts: [{ text: 'a' }] } }, { content: { parts: [{ text: 'b' }] } }],
    },
  ],
  [
    'a role that comes late',
    [{ candidates: [{ index: 0 }] }, chunk({ text: 'a' })],
    { candidates: [{ content: { role: 'model' } }] },
  ],
  [
    'the last usage and model',
    [
      { modelVersion: 'm', usageMetadata: { a: 1 } },
      { usageMetadata: { a: 2 }, modelVersion: undefined },
    ],
    {
      modelVersion: 'm',
      usageMetadata: { a: 2 },
      candidates: [],
    },
  ],
])('assembleContent() puts together %s', (_, chunks, expected) => {
  expect(assembled(chunks)).toMatchObject(expected)
})

it.each<[string, boolean, unknown]>([
  ['text', true, chunk({ text: 'Hi' })],
  ['a call', true, chunk({ functionCall: {} })],
  ['no parts', false, chunk()],
  ['usage alone', false, { usageMetadata: {} }],
])('add() tells of %s whether the model has written: %s', (_, isWriting, each) => {
  expect(assembleContent().add(each)).toBe(isWriting)
})

it.each<[string, readonly unknown[]]>([
  ['no objects', [null, undefined, 1, 'x', true, [], () => {}, Symbol('s'), 1n]],
  ['candidates that are none', [null, 'x', {}, 1, [null], ['x'], [[]], [1]].map((candidates) => ({ candidates }))],
  [
    'content that is none',
    [null, 'x', 1, [], { parts: null }, { parts: 'x' }, { parts: {} }].map((content) => ({
      candidates: [{ content }],
    })),
  ],
  ['parts that are none', [chunk(null, 'x', 1, undefined, [], true)]],
  ['text that is none', [chunk({ text: 'a' }), chunk({ text: 1 }), chunk({ text: null }), chunk({ text: {} })]],
  [
    'indexes that are none',
    [-1, 0.5, Number.NaN, '0', {}, null].map((index) => ({
      candidates: [{ index, content: { parts: [{ text: 'x' }] } }],
    })),
  ],
  ['a frozen part', [chunk(Object.freeze({ text: 'a' })), chunk({ text: 'b' })]],
])('assembleContent() goes on with %s', (_, chunks) => {
  const assembly = assembleContent()
  for (const each of chunks) expect(() => assembly.add(each)).not.toThrow()
  expect(JSON.stringify(assembly.result())).toBeTypeOf('string')
})

it('assembleContent() takes the index of a candidate as a name: a large one costs nothing', () => {
  // A list of that length would take minutes to go through.
  const far = { candidates: [{ index: 4_294_967_294, content: { parts: [{ text: 'x' }] } }] }
  expect(assembled([far])).toMatchObject({ candidates: [{ content: { parts: [{ text: 'x' }] } }] })
})

it('assembleContent() gives no object another prototype', () => {
  const result = assembled([
    JSON.parse(
      '{"__proto__":{"polluted":true},"candidates":[{"content":{"parts":[{"__proto__":{"polluted":true}}]}}]}',
    ),
  ])
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  expect((result as { polluted?: boolean }).polluted).toBeUndefined()
})

it('assembleContent() leaves chunks as they are', () => {
  const chunks = [chunk({ text: 'a' }), chunk({ text: 'b' })]
  const before = structuredClone(chunks)
  assembled(chunks)
  expect(chunks).toEqual(before)
})
