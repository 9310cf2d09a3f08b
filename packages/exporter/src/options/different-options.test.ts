import { expect, it } from 'vitest'
import { differentOptions } from './different-options.js'
import type { ExporterOptions } from './exporter-options.js'

const keep = (): boolean => true

it.each<[string, ExporterOptions, ExporterOptions, string[]]>([
  ['nothing said twice', {}, {}, []],
  ['no wish the second time', { environment: 'a' }, {}, []],
  ['an undefined wish', { environment: 'a' }, { environment: undefined }, []],
  [
    'the same values',
    { tags: ['a'], headers: { x: '1' }, shouldExport: keep },
    { tags: ['a'], headers: { x: '1' }, shouldExport: keep },
    [],
  ],
  ['another value', { environment: 'a' }, { environment: 'b' }, ['environment']],
  ['a new option', {}, { environment: 'b' }, ['environment']],
  ['other tags', { tags: ['a'] }, { tags: ['a', 'b'] }, ['tags']],
  ['another function', { shouldExport: keep }, { shouldExport: () => true }, ['shouldExport']],
  ['the same rules', { mask: ['email', /a/g] }, { mask: ['email', /a/g] }, []],
  ['another expression', { mask: [/a/] }, { mask: [/b/] }, ['mask']],
  ['the same Map', { headers: new Map([['x', '1']]) }, { headers: new Map([['x', '1']]) }, []],
  ['another Map', { headers: new Map([['x', '1']]) }, { headers: new Map([['x', '2']]) }, ['headers']],
  ['other Headers', { headers: new Headers({ x: '1' }) }, { headers: new Headers({ x: '2' }) }, ['headers']],
  ['several', { release: 'a', tags: ['a'] }, { tags: [], release: 'a', concurrency: 1 }, ['tags', 'concurrency']],
])('differentOptions() compares %s', (_case, first, second, expected) => {
  expect(differentOptions(first, second)).toEqual(expected)
})
