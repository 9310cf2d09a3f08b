import { describe, expect, it } from 'vitest'
import { linePath } from '../../packages/dev-server/viewer/src/pages/charts/line-path.js'
import { valueAxis } from '../../packages/dev-server/viewer/src/pages/charts/value-axis.js'
import {
  isDifferent,
  largestChange,
  scoreChange,
} from '../../packages/dev-server/viewer/src/pages/experiment/score-change.js'
import { answerParts, questionParts } from '../../packages/dev-server/viewer/src/pages/session/turn-content.js'

// The front end's own reckoning, which needs no browser.

const text = (said: string): object => ({ kind: 'text', text: said })

describe('questionParts()', () => {
  it.each([
    ['nothing', '', []],
    ['text', 'How?', [text('How?')]],
    ['a number', '42', [text('42')]],
    ['a JSON text', '"How?"', [text('How?')]],
    ['null', 'null', [text('null')]],
    ['one field of any name', '{"frage":"Wie?"}', [text('Wie?')]],
    ['the field that says what was asked', '{"k":4,"query":"How?","lang":"en"}', [text('How?')]],
    ['fields that say nothing of it', '{"a":"x","b":"y"}', [{ kind: 'other', value: { a: 'x', b: 'y' } }]],
    ['an empty field', '{"question":""}', []],
    ['a list', '[1,2]', [{ kind: 'other', value: [1, 2] }]],
    [
      'a request that repeats the conversation',
      JSON.stringify({
        messages: [
          { role: 'user', content: 'one' },
          { role: 'assistant', content: 'two' },
          { role: 'user', content: 'three' },
          { role: 'tool', content: 'four' },
        ],
      }),
      [text('three')],
    ],
    ['messages of no user', '[{"role":"system","content":"Be kind."}]', [text('Be kind.')]],
    ['JSON that was cut', '{"question":"a very lo', [text('{"question":"a very lo')]],
  ])('questionParts() reads %s', (_, input, parts) => {
    expect(questionParts(input)).toEqual(parts)
  })
})

describe('answerParts()', () => {
  it.each([
    ['nothing', '', []],
    ['text', 'So.', [text('So.')]],
    ['the field that says what was answered', '{"answer":"So.","question":"How?"}', [text('So.')]],
    ['a message', '{"role":"assistant","content":"So."}', [text('So.')]],
    ['a completion', '{"choices":[{"message":{"role":"assistant","content":"So."}}]}', [text('So.')]],
    [
      'a whole conversation',
      JSON.stringify([
        { role: 'user', content: 'How?' },
        { role: 'assistant', content: 'So.' },
        { role: 'tool', content: 'x' },
      ]),
      [text('So.')],
    ],
  ])('answerParts() reads %s', (_, output, parts) => {
    expect(answerParts(output)).toEqual(parts)
  })
})

describe('valueAxis()', () => {
  it.each([
    [[1], 0, 1],
    [[2], 0, 2],
    [[7], 0, 7.5],
    [[18], 0, 20],
    [[0.131], 0, 0.15],
    [[1234], 0, 1500],
    [[9_100_000], 0, 10_000_000],
    [[-0.4, 0.9], -0.5, 1],
    [[-3], -3, 0],
  ])('valueAxis() has a place for all of %j', (values, low, high) => {
    const axis = valueAxis(values)
    expect([axis.low, axis.high]).toEqual([expect.closeTo(low), expect.closeTo(high)])
    expect([axis.ticks[0], axis.ticks.at(-1)]).toEqual([axis.low, expect.closeTo(axis.high)])
    expect(axis.ticks.length).toBeLessThanOrEqual(5)
  })
})

describe('valueAxis()', () => {
  it.each([[[]], [[0, 0]]])('valueAxis() marks nothing but 0 for %j', (values) => {
    expect(valueAxis(values)).toEqual({ low: 0, high: 1, ticks: [0] })
  })
})

describe('linePath()', () => {
  it.each([
    ['nothing', [null, null], '', ''],
    ['a line', [1, 2, 1], 'M0.5 1.00L1.5 2.00L2.5 1.00', ''],
    ['a line over a short gap', [1, null, null, 2], 'M0.5 1.00L3.5 2.00', ''],
    ['two dots beside a long one', [1, null, null, null, 2], '', 'M0.5 1.00h0M4.5 2.00h0'],
    ['a line and a dot', [1, 1, null, null, null, 3], 'M0.5 1.00L1.5 1.00', 'M5.5 3.00h0'],
  ])('linePath() draws %s', (_, values, line, dots) => {
    expect(linePath(values, (value) => value)).toEqual({ line, dots })
  })
})

/** What an experiment made of an item. */
function cell(output: string, scores: Readonly<Record<string, number | string>>, isError = false) {
  const given = Object.entries(scores).map(([name, value]) => ({ name, value, comment: null }))
  return {
    ...{ traceId: 't', observationId: 'o', latencyMillis: 1, isError, statusMessage: '', totalCost: 0, totalTokens: 0 },
    ...{ output, scores: given },
  }
}

const item = (...cells: (ReturnType<typeof cell> | null)[]) => ({ itemId: 'i', input: '', expectedOutput: '', cells })

describe('scoreChange()', () => {
  it.each([
    ['a gain', cell('a', { q: 0.25 }), cell('b', { q: 1 }), 0.75],
    ['a loss', cell('a', { q: 1 }), cell('b', { q: 0 }), -1],
    ['no score before', cell('a', {}), cell('b', { q: 1 }), undefined],
    ['a word', cell('a', { q: 'good' }), cell('b', { q: 1 }), undefined],
    ['no run', null, cell('b', { q: 1 }), undefined],
  ])('scoreChange() tells %s', (_, before, after, change) => {
    expect(scoreChange(item(before, after), 1, 'q')).toBe(change)
  })
})

describe('largestChange()', () => {
  it('largestChange() finds the largest gain and the largest loss over all runs and scores', () => {
    const compared = item(
      cell('', { a: 0.5, b: 0.5 }),
      cell('', { a: 0.6, b: 0.1 }),
      cell('', { a: 0.9, b: 0.4 }),
      null,
    )
    expect(largestChange(compared, ['a', 'b'], 1)).toBeCloseTo(0.4)
    expect(largestChange(compared, ['a', 'b'], -1)).toBeCloseTo(0.4)
    expect(largestChange(compared, ['a'], -1)).toBe(0)
  })
})

describe('isDifferent()', () => {
  it.each([
    ['the same', cell('a', { q: 1 }), cell('a', { q: 1 }), false],
    ['another answer', cell('a', {}), cell('b', {}), true],
    ['another score', cell('a', { q: 1 }), cell('a', { q: 0 }), true],
    ['an error', cell('', {}), cell('', {}, true), true],
    ['no run', cell('', {}), null, true],
  ])('isDifferent() tells %s', (_, one, other, expected) => {
    expect(isDifferent(item(one, other))).toBe(expected)
  })
})
