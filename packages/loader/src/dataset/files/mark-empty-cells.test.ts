import { describe, expect, it } from 'vitest'
import { markEmptyCells } from './mark-empty-cells.js'

describe('markEmptyCells()', () => {
  it.each<[string, string[], (string | null)[]]>([
    ['a,b', ['a', 'b'], ['a', 'b']],
    [',', ['', ''], [null, null]],
    ['"",', ['', ''], ['', null]],
    [',""\r\n', ['', ''], [null, '']],
    ['"a ""b"", c",,"",d', ['a "b", c', '', '', 'd'], ['a "b", c', null, '', 'd']],
    ['"""","",', ['"', '', ''], ['"', '', null]],
    ['"\n,""\r\n",,x', ['\n,"\r\n', '', 'x'], ['\n,"\r\n', null, 'x']],
    ['\n\r\n"",a\n', ['', 'a'], ['', 'a']],
    ['é😀,,""', ['é😀', '', ''], ['é😀', null, '']],
    ['""', [''], ['']],
    ['', [''], [null]],
  ])('markEmptyCells() finds in %j what is quoted', (raw, cells, expected) => {
    expect(markEmptyCells(cells, raw)).toEqual(expected)
  })
})
