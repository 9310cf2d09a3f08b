import { expect, it } from 'vitest'
import { hasSameOptions } from './has-same-options.js'

const keep = (): boolean => true

it.each([
  ['nothing said twice', {}, {}, true],
  ['no wish the second time', { environment: 'a' }, {}, true],
  ['an undefined wish', { environment: 'a' }, { environment: undefined }, true],
  [
    'the same values',
    { tags: ['a'], headers: { x: '1' }, shouldExport: keep },
    { tags: ['a'], headers: { x: '1' }, shouldExport: keep },
    true,
  ],
  ['another value', { environment: 'a' }, { environment: 'b' }, false],
  ['a new option', {}, { environment: 'b' }, false],
  ['other tags', { tags: ['a'] }, { tags: ['a', 'b'] }, false],
  ['another function', { shouldExport: keep }, { shouldExport: () => true }, false],
])('hasSameOptions() compares %s', (_case, first, second, expected) => {
  expect(hasSameOptions(first, second)).toBe(expected)
})
