import { describe, expect, it } from 'vitest'
import { jsonLine } from './json-line.js'

describe('jsonLine()', () => {
  it.each([
    [{}, '{}\n'],
    [{ at: new Date(0) }, '{"at":"1970-01-01T00:00:00.000Z"}\n'],
    [{ a: '\u001b\n' }, '{"a":"\\u001b\\n"}\n'],
    [{ a: '\u007f\u009b\u202e\u2028' }, '{"a":"\\u007f\\u009b\\u202e\\u2028"}\n'],
    [{ a: '\u{e0041}' }, '{"a":"\\udb40\\udc41"}\n'],
    [{ '\u202e': '日本' }, '{"\\u202e":"日本"}\n'],
  ])('writes %j so that it prints safely and reads back the same', (value, line) => {
    expect(jsonLine(value)).toBe(line)
    expect(JSON.parse(line)).toEqual(JSON.parse(JSON.stringify(value)))
  })

  it('jsonLine() fails with a message when a value is nested deeper than the stack', () => {
    // A getter that nests without end: from Node 26 on JSON.stringify needs no stack for nesting that is plain data.
    const value = {
      get deeper(): object {
        return { toJSON: () => JSON.stringify(value) }
      },
    }
    expect(() => jsonLine(value)).toThrow('Cannot write JSON: a payload is nested too deeply: read it without --json')
  })
})
