import { describe, expect, it } from 'vitest'
import { parseCsv } from './parse-csv.js'

describe('parseCsv()', () => {
  it.each([
    ['', []],
    ['\n\r\n\n', []],
    ['a', [[1, ['a']]]],
    [
      'a,b\n1,2\n',
      [
        [1, ['a', 'b']],
        [2, ['1', '2']],
      ],
    ],
    [
      'a,b\r\n1,\r\n',
      [
        [1, ['a', 'b']],
        [2, ['1', '']],
      ],
    ],
    [',\n', [[1, ['', '']]]],
    ['a,', [[1, ['a', '']]]],
    ['""\n', [[1, ['']]]],
    [
      '"a,""b""\nc",d\n\ne',
      [
        [1, ['a,"b"\nc', 'd']],
        [4, ['e']],
      ],
    ],
    [
      'a\rb',
      [
        [1, ['a']],
        [2, ['b']],
      ],
    ],
    ['"é\u0000",=1+1', [[1, ['é\u0000', '=1+1']]]],
  ] as [string, [number, string[]][]][])('parseCsv() cuts %j into rows', (text, rows) => {
    const expected = rows.map(([line, cells]) => ({ line, cells }))
    expect(parseCsv(text)).toEqual({ kind: 'rows', rows: expected })
  })

  it.each([
    ['"a', 1],
    ['a\nb"c', 2],
    ['"a"b', 1],
    ['a,b\n"1\n2",3\n"x"y', 4],
  ])('parseCsv() says where %j is broken', (text, line) => {
    expect(parseCsv(text)).toMatchObject({ kind: 'broken', line })
  })

  it('parseCsv() is not slow with many quotes', () => {
    const parsed = parseCsv(`"${'""'.repeat(200_000)}"\n`)
    expect(parsed.kind === 'rows' && parsed.rows[0]?.cells[0]).toBe('"'.repeat(200_000))
  })
})
