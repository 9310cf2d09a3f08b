import type { Span } from '@axion/core'
import { expect, it } from 'vitest'
import { OpenSpans } from './open-spans.js'

// Only its end is asked for here.
function entry(ended: string[], id: string): { readonly span: Span } {
  return { span: { end: () => ended.push(id) } as unknown as Span }
}

it('OpenSpans gives what was added, and gives it away once', () => {
  const spans = new OpenSpans()
  const one = entry([], 'one')
  spans.add('one', one)
  expect(spans.get('one')).toBe(one)
  expect(spans.get('two')).toBeUndefined()
  expect(spans.take('one')).toBe(one)
  expect(spans.take('one')).toBeUndefined()
})

it('OpenSpans.add() ends and forgets the oldest when there are too many', () => {
  const ended: string[] = []
  const spans = new OpenSpans(2)
  for (const id of ['one', 'two', 'three', 'four']) spans.add(id, entry(ended, id))
  expect(ended).toEqual(['one', 'two'])
  expect(spans.get('two')).toBeUndefined()
  expect(spans.get('three')).toBeDefined()
})
