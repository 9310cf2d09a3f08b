import { describe, expect, it } from 'vitest'
import { Trace } from '../model/trace.js'
import { recordedRows } from '../testing/recorded.fixture.js'
import { childRow, rootRow } from '../testing/rows.fixture.js'
import type { StoredRow } from '../testing/stored-rows.fixture.js'
import { readObservationV2 } from '../wire/observation-v2.js'
import { fromTrace } from './from-trace.js'

function traceOf(...rows: StoredRow[]): Trace {
  const [first, ...rest] = rows.map((row) => readObservationV2({ type: 'SPAN', ...row }, 'row'))
  if (first === undefined) throw new Error('no rows')
  return new Trace([first, ...rest])
}

describe('fromTrace()', () => {
  it('fromTrace() makes an item of a recorded trace', () => {
    expect({ ...fromTrace(new Trace(recordedRows('03_v2_observations_all_fields'))) }).toEqual({
      id: '982bac9497d68e07c091d2fe69ab4d03',
      query: 'hello?',
      actualOutput: 'world',
      expectedOutput: null,
      retrievedContent: [],
      conversation: [],
      toolsCalled: [{ id: '7d5676f1f84e2c37', name: 'tool-call', input: null, output: null }],
      expectedTools: [],
      latencySeconds: 1.5,
      traceId: '982bac9497d68e07c091d2fe69ab4d03',
      observationId: '627e8459f425a3d4',
      sessionId: 'sess-1',
      metadata: { tier: 'gold', long: 'x'.repeat(300), k1: 'v1', level: 'ERROR', statusMessage: 'boom' },
      additionalInput: {},
      additionalOutput: {},
      judgment: null,
      critique: null,
      acceptanceCriteria: [],
      tags: ['tag-a', 'tag-b'],
      sourceTimestamp: '2026-11-23T04:08:02.480Z',
    })
  })

  it('fromTrace() says of a failed trace that it failed, and gives it no answer', () => {
    const item = fromTrace(
      traceOf(
        rootRow('t', 0, {
          input: '{"question":"Why?"}',
          level: 'ERROR',
          statusMessage: 'no model',
          metadata: { level: 'beginner' },
        }),
        childRow('t', 'gen', 't-root', 1, { type: 'GENERATION', output: null }),
      ),
    )
    expect(item).toMatchObject({
      query: 'Why?',
      actualOutput: null,
      observationId: 't-root',
      metadata: { level: 'ERROR', statusMessage: 'no model' },
    })
  })

  it.each<[string, unknown, string | null]>([
    ['nothing', undefined, null],
    ['null', null, null],
    ['what the wire writes for none', '', null],
    ['null as JSON', 'null', null],
    ['an empty text as JSON', '""', ''],
    ['a field with an empty text', '{"response":""}', ''],
    ['a blank', ' ', ' '],
    ['false', 'false', 'false'],
    ['zero', '0', '0'],
    ['an empty list', '[]', '[]'],
  ])('fromTrace() tells no output from an empty one: %s', (_, output, expected) => {
    expect(fromTrace(traceOf(rootRow('t', 0, { input: 'Why?', output }))).actualOutput).toBe(expected)
  })

  it('fromTrace() names the last generation that said something', () => {
    const item = fromTrace(
      traceOf(
        rootRow('t', 0),
        childRow('t', 'g1', 't-root', 1, { type: 'GENERATION', output: 'draft' }),
        childRow('t', 'g2', 't-root', 2, { type: 'GENERATION', output: 'answer' }),
        childRow('t', 'g3', 't-root', 3, { type: 'GENERATION', output: '' }),
        childRow('t', 'g4', 't-root', 4, { type: 'GENERATION', output: ' null\n' }),
        childRow('t', 'g5', 't-root', 5, { type: 'GENERATION', output: null }),
      ),
    )
    expect(item.observationId).toBe('g2')
  })

  it.each<[string, string, string[]]>([
    ['text', '"one"', ['one']],
    ['a list of texts', '["one","two"]', ['one', 'two']],
    ['hits', '[{"content":"one","score":1},{"pageContent":"two"},{"text":"three"}]', ['one', 'two', 'three']],
    ['a wrapped list', '{"documents":[{"page_content":"one"}],"took":3}', ['one']],
    ['hits around documents', '{"matches":[{"score":1,"document":{"text":"one"}}]}', ['one']],
    ['pairs of hit and score', '[[{"content":"one"},0.9]]', ['one', '0.9']],
    ['something else', '[{"id":7}]', ['{"id":7}']],
    ['nothing', '[]', []],
    ['holes', '[null,"","one"]', ['one']],
  ])('fromTrace() reads what a retriever brought: %s', (_, output, expected) => {
    const item = fromTrace(traceOf(rootRow('t', 0), childRow('t', 'r', 't-root', 1, { type: 'RETRIEVER', output })))
    expect(item.retrievedContent).toEqual(expected)
  })

  it('fromTrace() counts what an inner retriever brought once, and joins retrievers side by side', () => {
    const item = fromTrace(
      traceOf(
        rootRow('t', 0),
        childRow('t', 'outer', 't-root', 1, { type: 'RETRIEVER', output: '["a"]' }),
        childRow('t', 'between', 'outer', 2),
        childRow('t', 'inner', 'between', 3, { type: 'RETRIEVER', output: '["a","dropped"]' }),
        childRow('t', 'second', 't-root', 4, { type: 'RETRIEVER', output: '["b"]' }),
        childRow('t', 'silent', 't-root', 5, { type: 'RETRIEVER', output: null }),
        childRow('t', 'heard', 'silent', 6, { type: 'RETRIEVER', output: '["c"]' }),
      ),
    )
    expect(item.retrievedContent).toEqual(['a', 'b', 'c'])
  })

  it('fromTrace() lists the tools that were called, oldest first', () => {
    const item = fromTrace(
      traceOf(
        rootRow('t', 0),
        childRow('t', 'b', 't-root', 2, { type: 'TOOL', name: 'sum', input: '[1,2]', output: '3' }),
        childRow('t', 'a', 't-root', 1, { type: 'TOOL', name: '', input: '{"q":"x"}' }),
      ),
    )
    expect(item.toolsCalled).toEqual([
      { id: 'a', name: 'unnamed', input: { q: 'x' }, output: null },
      { id: 'b', name: 'sum', input: [1, 2], output: 3 },
    ])
  })
})
