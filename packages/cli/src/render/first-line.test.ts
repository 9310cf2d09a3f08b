import { describe, expect, it } from 'vitest'
import { firstLine } from './first-line.js'

describe('firstLine()', () => {
  it.each([
    [null, undefined],
    [undefined, undefined],
    ['', undefined],
    [' \n\t ', undefined],
    ['one', 'one'],
    ['\n\n  one  \ntwo', 'one …'],
    ['one\r\ntwo', 'one …'],
    [0, '0'],
    [false, 'false'],
    [{ a: 'x\ny' }, '{"a":"x\\ny"}'],
    [['a'], '["a"]'],
    ['\u001b[2J', '␛[2J'],
    ['x'.repeat(5000), `${'x'.repeat(2000)} …`],
  ])('shows %j on one line', (value, line) => {
    expect(firstLine(value)).toBe(line)
  })

  it('firstLine() shows that something is there when it is nested deeper than the stack', () => {
    // A getter that nests without end: from Node 26 on JSON.stringify needs no stack for nesting that is plain data.
    const value = {
      get deeper(): object {
        return { toJSON: () => JSON.stringify(value) }
      },
    }
    expect(firstLine(value)).toBe('[nested too deeply to show]')
  })
})
