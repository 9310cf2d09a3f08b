import { describe, expect, it } from 'vitest'
import { converseOperation } from './converse-operation.js'

function assembled(...events: unknown[]): unknown {
  const assembly = converseOperation.assemble?.()
  for (const event of events) assembly?.add(event)
  return converseOperation.response(assembly?.result()).output
}

const start = { contentBlockStart: { contentBlockIndex: 0, start: { toolUse: { toolUseId: 't', name: 'n' } } } }
const delta = (contentBlockIndex: number, piece: object): object => ({
  contentBlockDelta: { contentBlockIndex, delta: piece },
})

describe('converseOperation.assemble()', () => {
  it.each<[string, unknown[], unknown[]]>([
    ['nothing', [], []],
    ['events that are none', [undefined, null, 1, 'text', {}, { contentBlockDelta: null }], []],
    [
      'texts of two blocks',
      [delta(0, { text: 'a' }), delta(1, { text: 'b' }), delta(0, { text: 'c' })],
      [{ text: 'ac' }, { text: 'b' }],
    ],
    ['a block that is left out', [delta(2, { text: 'a' })], [{ text: 'a' }]],
    // A list of that length would take minutes to go through.
    ['a block at a large index', [delta(4_294_967_294, { text: 'a' })], [{ text: 'a' }]],
    ['a block at an index that is none', [delta(-0.5, { text: 'a' })], [{ text: 'a' }]],
    [
      'pieces that are no text',
      [delta(0, { text: 1 }), delta(1, { reasoningContent: { text: {} } }), delta(2, { toolUse: 'x' })],
      [{}, { reasoningContent: { reasoningText: { text: '' } } }, { toolUse: {} }],
    ],
    ['a tool without arguments', [start], [{ toolUse: { toolUseId: 't', name: 'n', input: {} } }]],
    [
      'a tool that was cut off',
      [start, delta(0, { toolUse: { input: '{"ci' } })],
      [{ toolUse: { toolUseId: 't', name: 'n', input: '{"ci' } }],
    ],
    [
      'thoughts with their signature',
      [
        delta(0, { reasoningContent: { text: 'a' } }),
        delta(0, { reasoningContent: { text: 'b' } }),
        delta(0, { reasoningContent: { signature: 's' } }),
      ],
      [{ reasoningContent: { reasoningText: { text: 'ab', signature: 's' } } }],
    ],
  ])('puts together %s', (_, events, content) => {
    expect(assembled(...events)).toMatchObject({ content })
  })

  it('marks the first token with the first piece, not with the head of the message or an empty one', () => {
    const assembly = converseOperation.assemble?.()
    const marks = [{ messageStart: { role: 'assistant' } }, start, delta(0, { text: '' }), delta(0, { text: 'a' })].map(
      (event) => assembly?.add(event),
    )
    expect(marks).toEqual([false, false, false, true])
  })
})

describe('converseOperation.response()', () => {
  it.each([
    ['guardrail_intervened', 'guardrail_intervened'],
    ['content_filtered', 'content_filtered'],
    ['end_turn', undefined],
    [undefined, undefined],
  ])('warns of the stop reason %s: %s', (stopReason, warning) => {
    expect(converseOperation.response({ stopReason }).warning).toBe(warning)
  })
})
